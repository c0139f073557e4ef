package qcc.program;

/**
 * What makes the arena smaller than the tensors that are alive together.
 *
 * @param overlaps bytes that outputs share with dying inputs, where the arena is largest
 * @param streams  bytes that do not exist because layers compute their rows in turn
 */
public record Savings(long overlaps, long streams) {
}
