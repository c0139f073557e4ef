package qcc.ops;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;

/**
 * The channels of an int8 tensor that hold one known value: at every position and for every input of the network.
 * Channels are the positions along the last axis, so element i belongs to channel {@code i % size()}.
 */
public final class KnownChannels {
    private final int[] values;
    private final BitSet known = new BitSet();

    private KnownChannels(int channels) {
        this.values = new int[channels];
    }

    /** Nothing is known of any of {@code channels} channels. */
    public static KnownChannels none(int channels) {
        return new KnownChannels(channels);
    }

    /** What {@code value} knows of each channel. */
    public static KnownChannels of(int channels, IntFunction<OptionalInt> value) {
        KnownChannels result = new KnownChannels(channels);
        for (int c = 0; c < channels; c++) {
            OptionalInt found = value.apply(c);
            if (found.isPresent()) {
                result.known.set(c);
                result.values[c] = found.getAsInt();
            }
        }
        return result;
    }

    /** What is known of an element-wise function of two tensors, the second of which may be repeated. */
    public static KnownChannels ofTwo(KnownChannels a, KnownChannels b, IntBinaryOperator function) {
        return of(a.size(), c -> {
            OptionalInt left = a.find(c);
            OptionalInt right = b.find(c % b.size());
            return left.isPresent() && right.isPresent()
                    ? OptionalInt.of(function.applyAsInt(left.getAsInt(), right.getAsInt())) : OptionalInt.empty();
        });
    }

    /** The number of channels. */
    public int size() {
        return values.length;
    }

    public boolean isKnown(int channel) {
        return known.get(channel);
    }

    /** The value of a channel, if it is known. */
    public OptionalInt find(int channel) {
        return isKnown(channel) ? OptionalInt.of(values[channel]) : OptionalInt.empty();
    }

    /** The value of a channel that is known. */
    public int value(int channel) {
        return find(channel).orElseThrow();
    }

    @Override
    public String toString() {
        return known + " of " + Arrays.toString(values);
    }
}
