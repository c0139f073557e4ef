package qcc.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.ops.Requantization;
import qcc.ops.WeightedSum;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Exchanges the rule of a weighted sum for {@link Requantization.Affine}, which kernels compute in fewer instructions.
 *
 * <p>A rule with a positive factor is a staircase: each of its at most 255 steps t has a first accumulator T that reaches
 * it. With d added to the bias, multiplier m and addend a, the affine rule has the same step if
 *
 * <pre>    (T - 1) * 2^8 * m + o  <  t * 2^44  <=  T * 2^8 * m + o,    o = d * 2^8 * m + a * 2^32</pre>
 *
 * So for every m near the real factor all steps together leave an interval for o, in which some d and a are searched.
 */
final class AffineFit {
    /** Multipliers on either side of the nearest one that are tried, and the step between steeper ones. */
    private static final int NEIGHBOURS = 64;
    private static final double STEEPER = 1 + 1.0 / 64;
    /** Bits of what is compared, {@code t * 2^44}, and of a, {@code a * 2^32}. */
    private static final int FRACTION = 32 + Requantization.Affine.SHIFT;
    private static final int PRODUCT = 32;
    /** No accumulator may reach it in magnitude. */
    private static final long BOUND = 1L << 31 - Requantization.Affine.WIDER;

    private AffineFit() {
    }

    /**
     * A sum with the same results for all inputs, by the affine rule; empty where none is found, or where no rule is
     * better. The weights of channels whose results never change are zero.
     */
    static Optional<WeightedSum> of(WeightedSum sum) {
        Requantization requantization = sum.requantization();
        if (requantization.rule() instanceof Requantization.Shift
                || requantization.low() != Byte.MIN_VALUE || requantization.high() != Byte.MAX_VALUE) {
            return Optional.empty();
        }
        IntTensor weights = IntTensor.zeros(sum.weights().shape());
        IntTensor bias = IntTensor.zeros(sum.bias().shape());
        IntTensor multiplier = IntTensor.zeros(Shape.of((bias.size() + 3) / 4 * 4));
        IntTensor addend = IntTensor.zeros(multiplier.shape());
        for (int c = 0; c < bias.size(); c++) {
            Channel channel = Channel.of(sum, c);
            Optional<Factors> factors = channel.fit();
            if (factors.isEmpty()) {
                return Optional.empty();
            }
            int fanIn = weights.size() / bias.size();
            for (int k = c * fanIn; k < (c + 1) * fanIn && !channel.isConstant(); k++) {
                weights.set(k, sum.weights().get(k));
            }
            bias.set(c, Math.toIntExact(channel.bias() + factors.get().shift()));
            multiplier.set(c, factors.get().multiplier());
            addend.set(c, factors.get().addend());
        }
        return Optional.of(sum.with(weights, bias, new Requantization(new Requantization.Affine(multiplier, addend),
                requantization.low(), requantization.high())));
    }

    /** What a channel needs: d, m and a. */
    private record Factors(int shift, int multiplier, int addend) {
    }

    /** That the result t is reached by an accumulator, or is not yet. */
    private record Edge(long accumulator, long result, boolean reached) {
    }

    /**
     * One output channel.
     *
     * @param factor of its rule, in units of m
     * @param bias   that of the sum; for a constant channel what accumulators are when weights are zero, 0
     * @param least  accumulator that an input may lead to, with its bias; and the largest one
     * @param first  result of the least accumulator; and that of the largest one
     */
    private record Channel(Requantization requantization, int index, double factor, long bias, long least, long most,
            int first, int last) {

        static Channel of(WeightedSum sum, int index) {
            int fanIn = sum.weights().size() / sum.bias().size();
            long bias = sum.bias().get(index);
            long least = bias;
            long most = bias;
            for (int k = index * fanIn; k < (index + 1) * fanIn; k++) {
                int weight = sum.weights().get(k);
                least += Math.min(weight * Byte.MIN_VALUE, weight * Byte.MAX_VALUE);
                most += Math.max(weight * Byte.MIN_VALUE, weight * Byte.MAX_VALUE);
            }
            Requantization requantization = sum.requantization();
            double factor = Math.scalb(requantization.rule().factor(index), FRACTION - Requantization.Affine.WIDER);
            int first = requantization.apply(index, Math.toIntExact(least));
            int last = requantization.apply(index, Math.toIntExact(most));
            return first == last ? new Channel(requantization, index, factor, 0, 0, 0, first, last)
                    : new Channel(requantization, index, factor, bias, least, most, first, last);
        }

        boolean isConstant() {
            return first == last;
        }

        /** Empty where a number would not fit, or the factor is not positive. */
        Optional<Factors> fit() {
            if (least < -BOUND || most >= BOUND || factor <= 0 || factor >= Integer.MAX_VALUE - NEIGHBOURS) {
                return Optional.empty();
            }
            List<Edge> edges = edges();
            for (int i = 0; i <= 2 * NEIGHBOURS; i++) {
                long multiplier = Math.round(factor) + (i % 2 == 0 ? i / 2 : -(i + 1) / 2);
                Optional<Factors> factors = fit(edges, multiplier);
                if (factors.isPresent()) {
                    return factors;
                }
            }
            return steeper(edges);
        }

        /** For channels of hardly any steps, whose zero point would take a large d: a steeper line will do as well. */
        private Optional<Factors> steeper(List<Edge> edges) {
            for (double slope = Math.max(1, factor); slope < Integer.MAX_VALUE; slope *= STEEPER) {
                Optional<Factors> factors = fit(edges, Math.round(slope));
                if (factors.isPresent()) {
                    return factors;
                }
            }
            return Optional.empty();
        }

        /** The staircase, and what lies before its first and behind its last accumulator that occur. */
        private List<Edge> edges() {
            List<Edge> edges = new ArrayList<>();
            edges.add(new Edge(least, first, true));
            int at = (int) least;
            for (int result = first + 1; result <= last; result++) {
                at = firstToReach(result, at);
                edges.add(new Edge(at - 1, result, false));
                edges.add(new Edge(at, result, true));
            }
            edges.add(new Edge(most, last + 1, false));
            return edges;
        }

        /** From an accumulator that does not reach the result. */
        private int firstToReach(int result, int below) {
            int above = (int) most;
            while (below + 1 < above) {
                int middle = below + (above - below) / 2;
                if (requantization.apply(index, middle) >= result) {
                    above = middle;
                } else {
                    below = middle;
                }
            }
            return above;
        }

        private Optional<Factors> fit(List<Edge> edges, long multiplier) {
            if (multiplier < 1) {
                return Optional.empty();
            }
            long step = multiplier << Requantization.Affine.WIDER;
            long from = Long.MIN_VALUE;
            long to = Long.MAX_VALUE;
            for (Edge edge : edges) {
                long offset = (edge.result() << FRACTION) - edge.accumulator() * step;
                if (edge.reached() && edge.result() > requantization.low()) { // all else is as low as it gets
                    from = Math.max(from, offset);
                } else if (!edge.reached() && edge.result() <= requantization.high()) {
                    to = Math.min(to, offset);
                }
            }
            from = from > Long.MIN_VALUE ? from : to == Long.MAX_VALUE ? 0 : to - (1L << FRACTION);
            boolean inReach = least + shift(from, Short.MIN_VALUE, step) >= -BOUND
                    && most + shift(from, Short.MAX_VALUE, step) < BOUND;
            for (int addend = Short.MIN_VALUE; from < to && inReach && addend <= Short.MAX_VALUE; addend++) {
                long shift = shift(from, addend, step);
                boolean fits = shift * step + ((long) addend << PRODUCT) < to;
                if (fits && least + shift >= -BOUND && most + shift < BOUND) {
                    return Optional.of(new Factors((int) shift, (int) multiplier, addend));
                }
            }
            return Optional.empty();
        }

        /** The least d with which the offset is no less than that. */
        private static long shift(long offset, int addend, long step) {
            return -Math.floorDiv(((long) addend << PRODUCT) - offset, step);
        }
    }
}
