package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.driver.Project;
import qcc.driver.ProjectWriter;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.InputUse;
import qcc.program.MemoryOptions;
import qcc.target.Installation;
import qcc.target.Targets;
import qcc.tests.InstalledTools;

/** What acceptance tests work with: the digits model, its projects, and other people's tools. */
final class Workshop {
    static final Path DIGITS = Installation.find().home().resolve("tests/models/digits");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Workshop() {
    }

    /** The digits model as it is in the repository. */
    static Compilation digits() {
        return new Compilation(DIGITS.resolve("digits.qdsl"));
    }

    /** The digits model for an application that supplies its rows while it runs. */
    static Compilation digitsByRows() {
        Compilation digits = digits();
        digits.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), Optional.empty(), Optional.empty(),
                new MemoryOptions(OptionalLong.empty(), InputUse.ROWS)));
        return digits;
    }

    /** The digits model with dyadic scales, in a folder of its own. */
    static Compilation dyadicDigits(Path folder) {
        return digits(folder, "power_of_two", "dyadic");
    }

    /** The digits model with a part of its text replaced, in a folder of its own. */
    static Compilation digits(Path folder, String part, String other) {
        try (Stream<Path> files = Files.list(DIGITS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".npz")).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            String text = Files.readString(DIGITS.resolve("digits.qdsl"));
            assertThat(text).contains(part);
            return new Compilation(Files.writeString(folder.resolve("digits.qdsl"), text.replace(part, other)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Project project(Compilation compilation, String target) {
        Installation installation = Installation.find();
        return Project.of(compilation, new Targets(installation).load(target), installation);
    }

    /** Writes a project into a new folder below {@code parent}. */
    static Path write(Project project, Path parent) {
        Path folder = parent.resolve(project.target().name());
        ProjectWriter.write(project.files(), folder);
        return folder;
    }

    /** Skips the test, and says why, where a tool is not installed. */
    static void require(String... tools) {
        InstalledTools.require(tools);
    }

    /** A command whose output includes its errors, in English. */
    static Command command(Path folder, String... words) {
        return Command.of(LIMIT, List.of(words)).in(folder).mergingStderr().with("LC_ALL", "C.UTF-8")
                .without("MAKEFLAGS", "MFLAGS", "MAKELEVEL");
    }

    /** Runs a command that must succeed, and gives what it printed. */
    static String run(Path folder, String... words) {
        return run(command(folder, words));
    }

    /** Runs a command that must succeed, and gives what it printed. */
    static String run(Command command) {
        ProcessResult result = ProcessRunner.run(command);
        assertThat(result.success()).as(command.words() + "\n" + result.stdout()).isTrue();
        return result.stdout();
    }
}
