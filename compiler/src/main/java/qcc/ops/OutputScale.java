package qcc.ops;

/** Where the quantisation of an operator's result comes from. */
public enum OutputScale {
    /** From the range of its values, by calibration. */
    OWN,
    /** From the range of its values, too; an input of another scale has to be brought to it by a table. */
    SHARED,
    /** It is the first input's: the operator only selects or moves values. */
    SAME_AS_INPUT,
    /** The operator's range is known beforehand. */
    FIXED
}
