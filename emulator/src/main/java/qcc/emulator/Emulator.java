package qcc.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Something that runs firmware: an emulator, an instruction-set simulator, or the host itself. */
public interface Emulator {

    /** The word by which a user asks for this kind of emulator, such as {@code qemu}. */
    String name();

    /** Shell text for the program that has to be installed, for Makefiles; empty: none has to be. */
    String shellProgram();

    /** Whether {@link #run} would find the emulator. */
    boolean isInstalled();

    /**
     * Name, version and machine, for a human to read.
     *
     * @throws ToolMissing when the emulator is not installed
     */
    String describe();

    /**
     * What the installed version is known to compute wrongly, in a sentence for those whose firmware differs from the
     * reference; absent where nothing is known.
     */
    default Optional<String> knownDefect() {
        return Optional.empty();
    }

    /** Whether an SDK's rules build the firmware for this emulator, and run it, in place of a project's own. */
    default boolean needsSdk() {
        return false;
    }

    /**
     * The SDK of an emulator that needs one; absent: it needs none.
     *
     * @throws ToolMissing when there should be one
     */
    default Optional<Sdk> sdk() {
        return Optional.empty();
    }

    /** The beginning of a shell command that runs a firmware; the firmware's file name follows it. For Makefiles. */
    String shellPrefix();

    /**
     * Runs a firmware until it ends or its time is up. Nothing of the emulator is left running afterwards.
     *
     * @param elf              the linked firmware
     * @param workingDirectory where the relative paths of files start that the firmware opens
     * @param limit            wall-clock limit
     * @throws ToolMissing    when the emulator is not installed
     * @throws EmulatorFailed when the emulator, not the firmware, broke down
     */
    RunResult run(Path elf, Path workingDirectory, Duration limit);

    /** Whether {@link #tracing} is possible. */
    default boolean traces() {
        return false;
    }

    /** The same emulator, which also logs what it executes, as {@link ExecutionTrace} reads it. */
    default Emulator tracing(Path log) {
        throw new UnsupportedOperationException(name());
    }
}
