package qcc.search;

/**
 * What a firmware costs, measured.
 *
 * @param instructions of one run; 0 when they were not counted
 */
public record Expense(long flashBytes, long ramBytes, long instructions) {
}
