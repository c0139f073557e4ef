/**
 * How layers are stated in QDSL when they are quantised already: the same operators and arguments as in a real-valued
 * network, and integers instead of trained reals. One {@link qcc.ops.given.GivenForm} for each operator.
 */
package qcc.ops.given;
