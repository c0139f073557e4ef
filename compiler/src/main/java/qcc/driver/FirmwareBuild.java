package qcc.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import qcc.codegen.FileTree;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.ProjectBuild;
import qcc.emulator.Tools;

/** A project in a temporary folder, to be built there; closing removes it. */
final class FirmwareBuild implements AutoCloseable {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
    private static final int SHOWN_LINES = 12;

    private final Path folder;

    /** Writes the project's files. */
    FirmwareBuild(Project project) {
        Tools.system().find(project.target().compiler());
        Tools.system().find("make");
        try {
            folder = Files.createTempDirectory("qcc-");
            for (Map.Entry<String, byte[]> file : project.files().files().entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Builds a file of the project, such as {@code build/verify.elf}. */
    Path make(String goal, String extraFlags) {
        ProjectBuild.Result result = new ProjectBuild(Tools.system()).make(folder, goal,
                Map.of("EXTRA_CFLAGS", extraFlags), BUILD_LIMIT);
        if (!result.success()) {
            String log = result.log();
            String[] lines = log.split("\n");
            throw new CompilationFailed(Diagnostic.of(Code.E704, Span.wholeFile(goal), result.timedOut()
                    ? "the build took longer than " + BUILD_LIMIT.toMinutes() + " minutes" : "the build failed")
                    .because(String.join("\n", Arrays.asList(lines)
                            .subList(0, Math.min(SHOWN_LINES, lines.length)))));
        }
        return folder.resolve(goal);
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
