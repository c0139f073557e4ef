package qcc.plan;

import java.util.Arrays;

/**
 * How a kernel goes through its inputs and its output, in steps: a step writes the next bytes of the output, and from
 * its first write on, only the end of each input is still read. What follows for two places in memory is exact: how
 * far the output may overlap an input that nobody else needs.
 *
 * <p>An output whose first byte lies {@code delta} bytes behind the first byte of an input is safe if no step writes to
 * bytes of the input that are still read. The bytes still read are an end of the input and shrink, the bytes written
 * are a beginning of the output and grow; so all small deltas are safe, up to {@link #below}, and all from
 * {@link #above} on.
 *
 * <p>An <i>interleaved</i> sweep goes through the channels of an image one after the other. Byte i of its tensors belongs
 * to channel i modulo the number of channels, and a channel of the output depends on no other of the input. So an output
 * that overlaps an input has to lie whole pixels away from it; then what is said above holds for each channel.
 */
public final class Sweep {
    private final long[] written;
    private final long[][] needed;
    private final long[] sizes;
    private final long interleave;

    /**
     * Takes the arrays over.
     *
     * @param written by step, how many bytes of the output are written when the step ends; ascending, the last is all
     * @param needed  by input and step, the first byte of the input that is read after the step's first write;
     *                ascending, the input's size if none is
     * @param sizes   of the inputs in bytes
     */
    public Sweep(long[] written, long[][] needed, long[] sizes) {
        this(written, needed, sizes, 1);
    }

    private Sweep(long[] written, long[][] needed, long[] sizes, long interleave) {
        this.interleave = interleave;
        this.written = written;
        this.needed = needed;
        this.sizes = sizes;
        requireAscending(written);
        for (int input = 0; input < sizes.length; input++) {
            requireAscending(needed[input]);
            if (needed[input].length != written.length || needed[input][written.length - 1] > sizes[input]) {
                throw new IllegalArgumentException("steps of input " + input);
            }
        }
    }

    /** The same steps for one channel after the other; {@code channels} bytes are a pixel of every tensor. */
    public Sweep interleaved(long channels) {
        return new Sweep(written, needed, sizes, channels);
    }

    /** The distance of an output from an input that it overlaps is a multiple of this. */
    public long interleave() {
        return interleave;
    }

    /** All inputs may be read until the whole output is written. */
    public static Sweep unknown(long outputBytes, long[] sizes) {
        return new Sweep(new long[] {outputBytes}, new long[sizes.length][1], sizes);
    }

    private static void requireAscending(long[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] < (i == 0 ? 0 : values[i - 1])) {
                throw new IllegalArgumentException("steps do not ascend: " + Arrays.toString(values));
            }
        }
    }

    public int steps() {
        return written.length;
    }

    /** The bytes of the output that are written when a step ends; 0 for the step before the first. */
    public long written(int step) {
        return step < 0 ? 0 : written[step];
    }

    /** The first byte of an input that is read after the step's first write. */
    public long needed(int input, int step) {
        return needed[input][step];
    }

    /** The largest delta, at which the output's end may reach into the input from below; all smaller ones are safe. */
    public long below(int input) {
        long below = Long.MAX_VALUE;
        for (int step = 0; step < written.length; step++) {
            if (written[step] > 0 && needed[input][step] < sizes[input]) {
                below = Math.min(below, needed[input][step] - written[step]);
            }
        }
        return below;
    }

    /** The smallest delta at which the output begins behind all that is still read; all larger ones are safe. */
    public long above(int input) {
        if (interleave > 1) {
            return sizes[input];
        }
        for (int step = 0; step < written.length; step++) {
            if (written[step] > 0) {
                return needed[input][step] < sizes[input] ? sizes[input] : Long.MIN_VALUE;
            }
        }
        return Long.MIN_VALUE;
    }

    /** True when the output may lie so many bytes behind the input. */
    public boolean allows(int input, long delta) {
        return delta <= below(input) && delta % interleave == 0 || delta >= above(input);
    }
}
