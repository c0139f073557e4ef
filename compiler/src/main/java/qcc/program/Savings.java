package qcc.program;

/**
 * What makes the arena smaller than the tensors that are alive together.
 *
 * @param overlaps bytes that outputs share with dying inputs, where the arena is largest
 * @param streams  bytes that do not exist because layers compute their rows in turn
 * @param rows     bytes by which the arena is smaller than one that the inputs are written to; negative if it is larger
 */
public record Savings(long overlaps, long streams, long rows) {
}
