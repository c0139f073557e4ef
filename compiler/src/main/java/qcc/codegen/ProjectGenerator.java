package qcc.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import qcc.program.CNames;
import qcc.program.Program;
import qcc.program.Step;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.template.Templates;

/** Writes a program as a complete firmware project, or as a library for another build system. */
public final class ProjectGenerator {
    private static final String STREAM = "stream";
    private static final String CLUSTER = "cluster";
    /** Of the harness, what an application can use, too. */
    private static final Set<String> CYCLES = Set.of("qcc_cycles.h", "qcc_cycles.c");

    private final Installation installation;
    private final Templates templates;

    public ProjectGenerator(Installation installation) {
        this.installation = installation;
        this.templates = new Templates(installation.templates());
    }

    /**
     * The files of a complete firmware.
     *
     * @param vectors   what the self-test checks
     * @param emulators what can run a firmware, the preferred one first
     */
    public FileTree firmware(Program program, Target target, Vectors vectors, List<Runner> emulators) {
        Map<String, Object> view = view(program, target, emulators);
        FileTree files = laidOut(program, target, Layout.MAKE, view);
        Stream.of(target.sources(), target.headers(), target.linkerScript().stream().toList(), target.sdkSources())
                .flatMap(List::stream)
                .forEach(path -> files.add("target/" + path.getFileName(), KernelSources.read(path)));
        target.emulatorFiles().forEach((name, text) -> files.add("target/" + name, text));
        if (target.linkerScript().isPresent()) {
            files.add("toolchain.cmake", templates.render("/project/toolchain", "m", view));
        }
        if (!target.sdkSources().isEmpty()) {
            files.add("sdk.mk", templates.render("/project/sdk", "m", view));
        }
        harness(name -> true).forEach(path -> files.add("test/" + path.getFileName(), KernelSources.read(path)));
        files.add("test/vectors.c", vectors.toC(program));
        return files;
    }

    /** The files of a library: the model, its kernels, and what a build system wants to know about them. */
    public FileTree library(Program program, Target target, Layout layout) {
        FileTree files = laidOut(program, target, layout, view(program, target, List.of()));
        if (target.isCortexM()) {
            harness(CYCLES::contains).forEach(path -> files.add(layout.kernels() + path.getFileName(),
                    KernelSources.read(path)));
        }
        return files;
    }

    private FileTree laidOut(Program program, Target target, Layout layout, Map<String, Object> view) {
        FileTree files = new FileTree();
        KernelSources.closure(installation.runtime(), kernels(program, target))
                .forEach((name, text) -> files.add(layout.kernels() + name, text));
        String prefix = CNames.prefix(program.name());
        files.add(layout.model() + prefix + ".h", templates.render("/model/header/header", "m", view));
        files.add(layout.model() + prefix + ".c", templates.render("/model/source/source", "m", view));
        files.add(layout.model() + prefix + "_constants.h", ConstantWriter.header(program.name(),
                prefix.toUpperCase(Locale.ROOT) + "_CONSTANTS_H", program.constants()));
        layout.files().forEach(file -> files.add(file.path(), templates.render(file.template(), "m", view)));
        return files;
    }

    private Map<String, Object> view(Program program, Target target, List<Runner> emulators) {
        List<Map<String, Object>> steps = program.steps().stream().map(step -> stepView(program, step)).toList();
        List<String> headers = kernels(program, target).stream().map(KernelSources::header).toList();
        return new ModelView(program, target).view(emulators, steps, headers);
    }

    /** What the steps call, each once: kernels, what unpacks their weights, moves rows in streams, and runs a cluster. */
    private static List<String> kernels(Program program, Target target) {
        Stream<String> kernels = program.steps().stream().flatMap(step -> Stream.concat(
                Stream.of(step.kernel().name()), step.unpacking().stream().map(unpacking -> "packed")));
        Stream<String> runs = Stream.concat(program.streams().stream().map(stream -> STREAM),
                target.cluster().stream().map(cluster -> CLUSTER));
        return Stream.concat(kernels, runs).distinct().sorted().toList();
    }

    private Map<String, Object> stepView(Program program, Step step) {
        Map<String, Object> view = StepView.of(step, program.inputs());
        view.put("constant_bytes", program.constantBytes(step));
        view.put("call", templates.render("/steps/" + step.node().operation().mnemonic(), "s", view));
        return view;
    }

    /** The files of the test harness whose names are wanted. */
    private List<Path> harness(Predicate<String> wanted) {
        Path folder = installation.runtime().resolve("harness");
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".c") || path.toString().endsWith(".h"))
                    .filter(path -> wanted.test(path.getFileName().toString())).toList();
        } catch (IOException e) {
            throw new IllegalStateException("qcc's own folder " + folder + " cannot be read", e);
        }
    }
}
