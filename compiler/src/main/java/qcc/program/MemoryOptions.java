package qcc.program;

import java.util.OptionalLong;

/**
 * What an application asks of the arena.
 *
 * @param budget bytes that it should not exceed
 * @param inputs what happens to the inputs
 */
public record MemoryOptions(OptionalLong budget, InputUse inputs) {
    public static final MemoryOptions DEFAULT = new MemoryOptions(OptionalLong.empty(), InputUse.CONSUMED);

    MemoryOptions withInputs(InputUse use) {
        return new MemoryOptions(budget, use);
    }
}
