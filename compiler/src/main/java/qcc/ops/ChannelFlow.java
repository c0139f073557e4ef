package qcc.ops;

import java.util.BitSet;
import java.util.List;

/**
 * The channels of one node's inputs and result while those are sought that the network can do without: what is known
 * of them, and which of them stay. An operation adds to the channels that stay until it can work with them.
 */
public final class ChannelFlow {
    private final List<KnownChannels> known;
    private final List<BitSet> inputs;
    private final BitSet output;
    private final int outputChannels;

    /**
     * @param known          of each input
     * @param inputs         the channels of each input that stay; sets are shared and only grow
     * @param output         the channels of the result that stay; only grows
     * @param outputChannels the number of channels of the result
     */
    public ChannelFlow(List<KnownChannels> known, List<BitSet> inputs, BitSet output, int outputChannels) {
        this.known = List.copyOf(known);
        this.inputs = List.copyOf(inputs);
        this.output = output;
        this.outputChannels = outputChannels;
    }

    public KnownChannels known(int index) {
        return known.get(index);
    }

    /** The channels of an input that stay. */
    public BitSet input(int index) {
        return inputs.get(index);
    }

    /** The number of inputs. */
    public int arity() {
        return inputs.size();
    }

    /** The channels of the result that stay. */
    public BitSet output() {
        return output;
    }

    /** Nothing can be left out. */
    public void keepAll() {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).set(0, known.get(i).size());
        }
        output.set(0, outputChannels);
    }

    /**
     * Result and input can only lose channels together: element i of the one belongs to element i of the other, or to
     * element i modulo the smaller number of channels.
     */
    private void tie(int index) {
        int ours = known.get(index).size();
        int period = Math.min(ours, outputChannels);
        if (Math.max(ours, outputChannels) % period != 0) {
            keepAll();
            return;
        }
        for (int c = 0; c < period; c++) {
            if (any(inputs.get(index), c, period, ours) || any(output, c, period, outputChannels)) {
                setAll(inputs.get(index), c, period, ours);
                setAll(output, c, period, outputChannels);
            }
        }
    }

    /** Result and all inputs can only lose channels together. */
    public void tieAll() {
        int before;
        do {
            before = output.cardinality();
            for (int i = 0; i < inputs.size(); i++) {
                tie(i);
            }
        } while (output.cardinality() > before);
    }

    private static boolean any(BitSet set, int first, int step, int end) {
        for (int i = first; i < end; i += step) {
            if (set.get(i)) {
                return true;
            }
        }
        return false;
    }

    private static void setAll(BitSet set, int first, int step, int end) {
        for (int i = first; i < end; i += step) {
            set.set(i);
        }
    }

    /** The number of elements that stay of {@code elements} elements of the result. */
    public int remaining(int elements) {
        return elements / outputChannels * output.cardinality();
    }

    /** The number of elements that stay of {@code elements} elements of an input. */
    public int remaining(int index, int elements) {
        return elements / known.get(index).size() * inputs.get(index).cardinality();
    }
}
