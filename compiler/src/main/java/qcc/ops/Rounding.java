package qcc.ops;

/** What happens to the bits that requantisation drops. */
public enum Rounding {
    /** To the nearest integer, ties upwards: floor(x + 1/2). */
    HALF_UP,
    /** Downwards: floor(x). Only with power-of-two scales. */
    FLOOR
}
