package qcc.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import qcc.emulator.CycleModel;
import qcc.emulator.Elf;
import qcc.emulator.ExecutionTrace;
import qcc.program.CNames;

/**
 * Cycles of one run, estimated: everything that the firmware executes in the emulator, at the prices of the target's model
 * of its core. No emulator knows the cycles of these cores.
 *
 * @param whole        of the whole call of the run function, compiled without hooks
 * @param instructions that the call executed, from the first of the function to its return
 * @param layers       in order of the program's steps; empty where only the whole was asked for
 */
public record CycleEstimate(long whole, long instructions, List<Long> layers) {
    /** Bytes of an instruction in the table of marks, see {@code qcc_profile.h}. */
    private static final int MARK = 2;

    public CycleEstimate {
        layers = List.copyOf(layers);
    }

    /** Whether the target has a model of its core, and the emulator a trace. */
    static boolean isPossible(Project project) {
        return project.target().cycles().isPresent() && project.emulator().traces();
    }

    /** Of the whole call and of every layer; absent where the target has no model of its core. */
    static Optional<CycleEstimate> ofLayers(Project project, Duration limit) {
        if (!isPossible(project)) {
            return Optional.empty();
        }
        Call call;
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            call = call(project, build, "", limit);
        }
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            Path elf = build.make("build/profile.elf", "-DQCC_LAYER_MARKS");
            Marks marks = new Marks(address(elf, "qcc_marks"), model(project).branch(),
                    project.program().steps().size());
            trace(project, build, elf, limit, marks);
            return Optional.of(new CycleEstimate(call.cycles, call.instructions, marks.layers));
        }
    }

    /** Of the whole call only. */
    static Optional<Long> ofRun(Project project, FirmwareBuild build, String extraFlags, Duration limit) {
        return isPossible(project) ? Optional.of(call(project, build, extraFlags, limit).cycles) : Optional.empty();
    }

    private static Call call(Project project, FirmwareBuild build, String extraFlags, Duration limit) {
        Path elf = build.make("build/footprint.elf", extraFlags);
        Call call = new Call(address(elf, CNames.prefix(project.program().name()) + "_run"));
        trace(project, build, elf, limit, call);
        return call;
    }

    private static CycleModel model(Project project) {
        var cycles = project.target().cycles().orElseThrow();
        return new CycleModel(cycles.load(), cycles.nextLoad(), cycles.pair(), cycles.branch());
    }

    private static void trace(Project project, FirmwareBuild build, Path elf, Duration limit,
            ExecutionTrace.Listener listener) {
        Path log = build.folder().resolve("trace.log");
        FirmwareRun.output(project.emulator().tracing(log), elf, build.folder(), limit);
        try {
            ExecutionTrace.read(log, model(project), listener);
            Files.delete(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a function; the lowest bit only says that it is Thumb code. */
    private static long address(Path elf, String symbol) {
        try {
            return Elf.read(elf).symbols().stream().filter(s -> s.name().equals(symbol)).findFirst().orElseThrow()
                    .address() & ~1L;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last call of a function, which is the one that the counter counts, from the branch to it to its return. */
    private static final class Call implements ExecutionTrace.Listener {
        private final long function;
        private long returnAddress = -1;
        private long cyclesBefore;
        private long instructionsBefore;
        private long cycles;
        private long instructions;

        Call(long function) {
            this.function = function;
        }

        @Override
        public void enter(long address, long expected, long instructions, long now) {
            if (address == function) {
                returnAddress = expected;
                cyclesBefore = now;
                instructionsBefore = instructions;
            } else if (address == returnAddress) {
                cycles = now - cyclesBefore;
                this.instructions = instructions - instructionsBefore;
                returnAddress = -1;
            }
        }
    }

    /** Sums up what lies between the marks of each layer. */
    private static final class Marks implements ExecutionTrace.Listener {
        private final long table;
        private final int branch;
        private final List<Long> layers;
        private long begin;

        Marks(long table, int branch, int count) {
            this.table = table;
            this.branch = branch;
            layers = new ArrayList<>(Collections.nCopies(count, 0L));
        }

        @Override
        public void enter(long address, long expected, long instructions, long now) {
            int mark = (int) ((address - table) / MARK);
            if (address < table || mark >= 2 * layers.size()) {
                return;
            }
            if (mark % 2 == 0) {
                begin = now + branch; /* the mark itself returns by a branch */
            } else {
                layers.set(mark / 2, layers.get(mark / 2) + now - branch - begin);
            }
        }
    }
}
