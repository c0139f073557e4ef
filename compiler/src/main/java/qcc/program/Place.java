package qcc.program;

import qcc.ir.Value;

/**
 * A tensor in the arena.
 *
 * @param offset bytes from the arena's start
 */
public record Place(Value value, int offset) {
    public int bytes() {
        return value.bytes();
    }
}
