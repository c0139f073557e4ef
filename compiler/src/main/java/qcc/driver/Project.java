package qcc.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import qcc.codegen.FileTree;
import qcc.codegen.Layout;
import qcc.codegen.ProjectGenerator;
import qcc.codegen.Runner;
import qcc.codegen.Vectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.Emulator;
import qcc.emulator.Emulators;
import qcc.emulator.Tools;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.program.Program;
import qcc.program.ProgramBuilder;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.tensor.IntTensor;

/**
 * A compiled model: the program and the files of its project.
 *
 * @param emulator  what runs the project's firmware
 * @param emulators all that could, the preferred one first
 */
public record Project(Program program, Target target, FileTree files, Emulator emulator,
        List<Emulator> emulators) {
    public Project {
        emulators = List.copyOf(emulators);
    }

    /** More input data than this is not linked into the self-test. */
    private static final int MAX_VECTOR_BYTES = 16 * 1024;
    private static final int MAX_VECTORS = 8;
    private static final long VECTOR_SEED = 1;

    /** Plans and writes a model for a target. */
    public static Project of(Compilation compilation, Target target, Installation installation) {
        Graph graph = compilation.graph(Stage.INTEGER);
        Program program = ProgramBuilder.build(graph, target, compilation.goal(), compilation.memory());
        FitCheck.check(program, target);
        int inputBytes = program.inputs().stream().mapToInt(port -> port.place().bytes()).sum();
        int count = Math.max(1, Math.min(MAX_VECTORS, MAX_VECTOR_BYTES / inputBytes));
        return of(program, target, Inputs.mixture(graph, compilation.samples(), count, VECTOR_SEED), installation);
    }

    /** Writes a program, with a self-test on the given inputs. */
    public static Project of(Program program, Target target, List<List<IntTensor>> inputs, Installation installation) {
        List<Emulator> emulators = target.emulators().stream().map(line -> emulator(target, line)).toList();
        FileTree files = new ProjectGenerator(installation).firmware(program, target, Vectors.of(program, inputs),
                emulators.stream().filter(e -> !e.needsSdk())
                        .map(e -> new Runner(e.name(), e.shellProgram(), e.shellPrefix())).toList());
        Emulator preferred = emulators.stream().filter(Emulator::isInstalled).findFirst().orElse(emulators.get(0));
        return new Project(program, target, files, preferred, emulators);
    }

    /** The timer by which firmware counts instructions in the chosen emulator. */
    public Optional<Target.Counter> counter() {
        return target.counter().filter(counter -> counter.isIn(emulator.name()));
    }

    /** The same project, to be run by another emulator. */
    public Project on(Emulator other) {
        return new Project(program, target, files, other, emulators);
    }

    private static Emulator emulator(Target target, String line) {
        try {
            return Emulators.of(line, Tools.system());
        } catch (IllegalArgumentException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E702, Span.wholeFile("targets/" + target.name()),
                    "the target's description names an " + e.getMessage())
                    .help("targets/README.md describes the keys"));
        }
    }

    /** The model as a library for another build system. */
    public FileTree library(Layout layout, Installation installation) {
        return new ProjectGenerator(installation).library(program, target, layout);
    }

    /** The folder that a project is written to when the user names none. */
    public Path defaultFolder() {
        return Path.of(program.name() + "-" + target.name());
    }
}
