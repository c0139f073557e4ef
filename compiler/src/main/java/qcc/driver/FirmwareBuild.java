package qcc.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.Emulator;
import qcc.emulator.ProjectBuild;
import qcc.emulator.Sdk;
import qcc.emulator.Tools;
import qcc.files.Reason;

/** A project in a temporary folder, to be built there; closing removes it. */
final class FirmwareBuild implements AutoCloseable {
    /** The makefile's variable for further options of the compiler. */
    static final String EXTRA_FLAGS = "EXTRA_CFLAGS";
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final int SHOWN_LINES = 12;

    private final Project project;
    private final Path folder;
    private final Map<String, String> sdk;
    private String log = "";

    /** Writes the project's files. */
    FirmwareBuild(Project project) {
        this.project = project;
        sdk = project.emulator().sdk().map(Sdk::variables).orElse(Map.of());
        if (sdk.isEmpty()) {
            Tools.system().find(project.target().compiler());
        }
        Tools.system().find("make");
        try {
            folder = Files.createTempDirectory("qcc-");
        } catch (IOException e) {
            throw unwritable(Reason.of(e));
        }
        try {
            for (Map.Entry<String, byte[]> file : project.files().files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            close();
            throw unwritable(Reason.of(e));
        }
    }

    /** E801: the folder for temporary files is of no use. */
    static CompilationFailed unwritable(String reason) {
        return new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(System.getProperty("java.io.tmpdir")),
                "the folder for temporary files cannot be written: " + reason)
                .help("free some space there, or name another folder with the environment variable "
                        + "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER"));
    }

    Path folder() {
        return folder;
    }

    /** Builds a file of the project, such as {@code build/verify.elf}. */
    Path make(String goal, String extraFlags) {
        return make(goal, Map.of(EXTRA_FLAGS, extraFlags));
    }

    /** Builds a file with variables that override the makefile's, or reach the compiler by its environment. */
    Path make(String goal, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.putAll(sdk);
        ProjectBuild.Result result = new ProjectBuild(Tools.system()).make(folder, goal, all, BUILD_LIMIT);
        if (!result.success() && Reason.tellsOfAFullDisk(result.log())) {
            throw unwritable(Reason.FULL_DISK);
        }
        if (!result.success()) {
            FitCheck.ofLinker(result.log(), project.program(), project.target()).ifPresent(diagnostic -> {
                throw new CompilationFailed(diagnostic);
            });
            throw new CompilationFailed(Diagnostic.of(Code.E704, Span.wholeFile(goal), result.timedOut()
                    ? "the build took longer than " + BUILD_LIMIT.toMinutes() + " minutes" : "the build failed")
                    .because(complaint(result.log())));
        }
        log += result.log();
        return folder.resolve(goal);
    }

    /** What make and the compilers printed so far. */
    String log() {
        return log;
    }

    /** Builds and runs a firmware that prints lines of a name and a number. */
    Map<String, Long> numbers(String goal, String extraFlags, Emulator emulator, Duration limit) {
        Path elf = make(goal, extraFlags);
        Map<String, Long> numbers = new HashMap<>();
        for (String line : FirmwareRun.output(emulator, elf, folder, limit).lines().toList()) {
            int space = line.lastIndexOf(' ');
            if (space > 0 && line.substring(space + 1).matches("[0-9]{1,18}")) {
                numbers.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
            }
        }
        return numbers;
    }

    /** The log from its first error on. */
    private static String complaint(String log) {
        List<String> lines = log.lines().toList();
        List<String> errors = lines.stream().dropWhile(line -> !line.contains("rror")).toList();
        return (errors.isEmpty() ? lines : errors).stream().limit(SHOWN_LINES).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        try {
            ProjectWriter.deleteTree(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
