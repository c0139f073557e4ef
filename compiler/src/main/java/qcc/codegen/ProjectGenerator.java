package qcc.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import qcc.program.CNames;
import qcc.program.Program;
import qcc.program.Step;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.template.Templates;

/** Writes a program as a complete firmware project. */
public final class ProjectGenerator {
    private static final String STREAM = "stream";
    private static final String CLUSTER = "cluster";

    private final Installation installation;
    private final Templates templates;

    public ProjectGenerator(Installation installation) {
        this.installation = installation;
        this.templates = new Templates(installation.templates());
    }

    /**
     * The project's files.
     *
     * @param vectors   what the self-test checks
     * @param emulators what can run a firmware, the preferred one first
     */
    public FileTree generate(Program program, Target target, Vectors vectors, List<Runner> emulators) {
        FileTree files = new FileTree();
        Map<String, String> kernels = KernelSources.closure(installation.runtime(), kernels(program, target));
        kernels.forEach((name, text) -> files.add("kernels/" + name, text));
        Stream.of(target.sources(), target.headers(), target.linkerScript().stream().toList()).flatMap(List::stream)
                .forEach(path -> files.add("target/" + path.getFileName(), KernelSources.read(path)));
        target.emulatorFiles().forEach((name, text) -> files.add("target/" + name, text));
        addModel(files, program, target, emulators);
        addHarness(files);
        files.add("test/vectors.c", vectors.toC());
        return files;
    }

    private void addModel(FileTree files, Program program, Target target, List<Runner> emulators) {
        String prefix = CNames.prefix(program.name());
        List<Map<String, Object>> steps = program.steps().stream().map(step -> stepView(program, step)).toList();
        List<String> headers = kernels(program, target).stream().map(KernelSources::header).toList();
        Map<String, Object> view = new ModelView(program, target).view(emulators, steps, headers);
        files.add("model/" + prefix + ".h", templates.render("/model/header/header", "m", view));
        files.add("model/" + prefix + ".c", templates.render("/model/source/source", "m", view));
        files.add("model/" + prefix + "_constants.h", ConstantWriter.header(program.name(),
                prefix.toUpperCase(Locale.ROOT) + "_CONSTANTS_H", program.constants()));
        files.add("main.c", templates.render("/project/main", "m", view));
        files.add("test/network.c", templates.render("/project/network", "m", view));
        files.add("Makefile", templates.render("/project/makefile", "m", view));
        files.add("CMakeLists.txt", templates.render("/project/cmake", "m", view));
        files.add("README.md", templates.render("/project/readme", "m", view));
        if (target.linkerScript().isPresent()) {
            files.add("toolchain.cmake", templates.render("/project/toolchain", "m", view));
        }
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
        Map<String, Object> view = StepView.of(step);
        view.put("constant_bytes", program.constantBytes(step));
        view.put("call", templates.render("/steps/" + step.node().operation().mnemonic(), "s", view));
        return view;
    }

    private void addHarness(FileTree files) {
        Path folder = installation.runtime().resolve("harness");
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(path -> path.toString().endsWith(".c") || path.toString().endsWith(".h")).forEach(sources::add);
        } catch (IOException e) {
            throw new IllegalStateException("qcc's own folder " + folder + " cannot be read", e);
        }
        for (Path path : sources) {
            files.add("test/" + path.getFileName(), KernelSources.read(path));
        }
    }
}
