package qcc.ops;

/** How the largest weight of a channel, or of a tensor, becomes a scale. */
public enum WeightRange {
    /** The least squared error over all weights: the largest ones may saturate. */
    MSE,
    /** No weight saturates. */
    MIN_MAX
}
