package qcc.program;

import java.util.OptionalLong;

/**
 * What an application asks of the arena.
 *
 * @param budget     bytes that it should not exceed
 * @param keepInputs true when the inputs must still be there after a run; otherwise their space is used again
 */
public record MemoryOptions(OptionalLong budget, boolean keepInputs) {
    public static final MemoryOptions DEFAULT = new MemoryOptions(OptionalLong.empty(), false);
}
