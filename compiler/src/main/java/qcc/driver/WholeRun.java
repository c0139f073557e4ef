package qcc.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import qcc.emulator.Elf;
import qcc.program.CNames;

/**
 * What one call of the run function costs, with the model compiled as in an application.
 *
 * @param instructions of the whole call, counted in the target's emulator; exact and repeatable
 * @param cycles       estimated for the whole call; absent where the target has no model of its core
 * @param stackBytes   that the call really used
 * @param flashBytes   loaded sections of the application
 * @param ramBytes     writable sections of the application; without the stack
 */
public record WholeRun(long instructions, Optional<Long> cycles, long stackBytes, long flashBytes, long ramBytes) {

    /**
     * Builds a project and counts.
     *
     * @param extraFlags for the C compiler, behind those of the project, such as {@code -O3}
     * @param limit      wall-clock time for the run in the emulator
     */
    public static WholeRun measure(Project project, String extraFlags, Duration limit) {
        Profiler.requireCounter(project);
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            Map<String, Long> counted = build.numbers("build/footprint.elf", extraFlags, project.emulator(), limit);
            Path application = build.make("build/" + CNames.prefix(project.program().name()) + ".elf", extraFlags);
            Elf elf = Elf.read(application);
            return new WholeRun(counted.get("instructions"),
                    CycleEstimate.ofRun(project, build, extraFlags, limit), counted.get("stack"), elf.flashSize(), elf.ramSize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
