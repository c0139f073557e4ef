package qcc.ir;

/** What a graph holds; the verifier checks it after every pass. */
public enum Stage {
    /** Real-valued layers with their parameters; shapes are known. */
    TYPED,
    /** As TYPED, and every value has the quantisation that its integers will have. */
    CALIBRATED,
    /** Integers only: no floating-point number is reachable from the graph. */
    INTEGER
}
