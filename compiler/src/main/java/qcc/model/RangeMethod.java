package qcc.model;

/** How the observed values of an activation become its scale and zero point. */
public sealed interface RangeMethod {

    /** Nothing that was observed saturates. */
    record MinMax() implements RangeMethod {
        @Override
        public String toString() {
            return "min_max";
        }
    }

    /**
     * The outermost values saturate.
     *
     * @param percent of the values stay inside, above 50 and at most 100
     */
    record Percentile(double percent) implements RangeMethod {
        @Override
        public String toString() {
            return "percentile(" + percent + ")";
        }
    }

    /** The squared error of all observed values is least. */
    record LeastSquares() implements RangeMethod {
        @Override
        public String toString() {
            return "mse";
        }
    }

    /** The distribution of the integers tells most about that of the values: least Kullback-Leibler divergence. */
    record Divergence() implements RangeMethod {
        @Override
        public String toString() {
            return "kl";
        }
    }

    /**
     * Before a softmax, the probabilities change least: least cross-entropy to the real ones. Elsewhere the least
     * squared error.
     */
    record CrossEntropy() implements RangeMethod {
        @Override
        public String toString() {
            return "cross_entropy";
        }
    }
}
