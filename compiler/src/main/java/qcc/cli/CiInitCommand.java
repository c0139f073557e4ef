package qcc.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import qcc.ci.CiFiles;
import qcc.ci.Provider;
import qcc.ci.QccSource;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.emulator.Emulators;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.emulator.Tools;
import qcc.files.Reason;
import qcc.files.WholeFile;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.template.Templates;

/** {@code qcc ci-init}: workflow files that verify a model on every push. */
@Command(name = "ci-init", mixinStandardHelpOptions = true,
        description = "Writes a GitHub workflow and a GitLab pipeline that verify the model on every push, against a "
                + "budget, and keep the reports.")
final class CiInitCommand implements Callable<Integer> {
    private static final Duration GIT_LIMIT = Duration.ofSeconds(20);

    @ParentCommand
    private Qcc parent;

    @Parameters(paramLabel = "MODEL", description = "the model, a file in the repository")
    private Path model;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", defaultValue = ".",
            description = "the root of the repository (default: this folder)")
    private Path root;

    @Option(names = "--target", paramLabel = "NAME", split = ",", defaultValue = "cortex-m4",
            description = "the targets, with commas between them (default: ${DEFAULT-VALUE})")
    private List<String> targets;

    @Option(names = "--emulator", paramLabel = "NAME", split = ",", defaultValue = "qemu,renode",
            description = "the emulators, of those that a target runs in; `all` compares them in one report (default: "
                    + "${DEFAULT-VALUE})")
    private List<String> emulators;

    @Option(names = "--provider", paramLabel = "NAME", split = ",", defaultValue = "github,gitlab",
            description = "${COMPLETION-CANDIDATES} (default: both)")
    private List<Provider> providers;

    @Option(names = "--budget", paramLabel = "FILE", defaultValue = "budget.yaml",
            description = "the budget file, relative to the root (default: ${DEFAULT-VALUE})")
    private Path budget;

    @Option(names = "--qcc", paramLabel = "URL",
            description = "the git repository that the job gets qcc from (default: the one that this qcc is from, or "
                    + "the folder in the repository that it lies in)")
    private String url;

    @Option(names = "--qcc-ref", paramLabel = "NAME", defaultValue = "",
            description = "its branch or tag (default: its default branch)")
    private String reference;

    @Option(names = "--force", description = "overwrite files that are there")
    private boolean force;

    @Override
    public Integer call() {
        Installation installation = Installation.find();
        Path home = root.toAbsolutePath().normalize();
        Path inside = relative(home, model.toAbsolutePath().normalize());
        Optional<QccSource> source = source(installation.home().toAbsolutePath().normalize(), home);
        if (source.isEmpty()) {
            parent.terminal().err().println("qcc: this qcc does not know where it is from: say with --qcc URL where the "
                    + "job gets it");
            return ExitCode.USAGE;
        }
        Targets known = new Targets(installation);
        List<CiFiles.Run> runs = targets.stream().distinct().map(known::load).flatMap(target -> runs(target).stream())
                .toList();
        CiFiles files = new CiFiles(inside, relative(home, home.resolve(budget).normalize()), runs, source.get());
        Templates templates = new Templates(installation.templates());
        Map<Path, String> texts = new LinkedHashMap<>();
        providers.forEach(provider -> texts.put(root.resolve(provider.file()), files.text(provider, templates)));
        texts.keySet().forEach(this::requireRoom);
        texts.forEach(this::write);
        sayWhatIsNext(home.resolve(budget));
        return ExitCode.OK;
    }

    private List<CiFiles.Run> runs(Target target) {
        List<String> possible = target.emulators().stream()
                .map(line -> Emulators.of(line, Tools.system()).name()).toList();
        List<CiFiles.Run> runs = emulators.stream().distinct()
                .filter(name -> possible.contains(name) || name.equals(EmulatorOption.ALL))
                .map(name -> new CiFiles.Run(target, name)).toList();
        if (runs.isEmpty()) {
            throw new CompilationFailed(Diagnostic.of(Code.E701, Span.wholeFile("--emulator"), "the target `"
                    + target.name() + "` does not run in " + String.join(" or ", emulators))
                    .help("it runs in " + String.join(" or ", possible)));
        }
        return runs;
    }

    private static Path relative(Path home, Path file) {
        if (!file.startsWith(home)) {
            throw new CompilationFailed(Diagnostic.of(Code.E401, Span.wholeFile(file.toString()),
                    "the file does not lie in the repository").help("name the root of the repository with -o"));
        }
        return home.relativize(file);
    }

    private Optional<QccSource> source(Path installed, Path home) {
        if (url != null) {
            return Optional.of(QccSource.repository(url, reference));
        }
        if (installed.startsWith(home)) {
            return Optional.of(QccSource.folder(home.relativize(installed)));
        }
        return remote(installed).map(found -> QccSource.repository(found, reference));
    }

    /** The repository that the installation was cloned from, without a user's name or password in it. */
    private static Optional<String> remote(Path installed) {
        if (Tools.system().locate("git").isEmpty()) {
            return Optional.empty();
        }
        ProcessResult result = ProcessRunner.run(qcc.emulator.Command.of(GIT_LIMIT, "git", "-C", installed.toString(),
                "remote", "get-url", "origin"));
        String found = result.stdout().strip().replaceFirst("//[^/@]*@", "//");
        return result.success() && !found.isEmpty() ? Optional.of(found) : Optional.empty();
    }

    private void requireRoom(Path file) {
        if (!Files.isRegularFile(model)) {
            throw new CompilationFailed(Diagnostic.of(Code.E401, Span.wholeFile(model.toString()),
                    "the file does not exist").help("check the path"));
        }
        if (Files.exists(file) && !force) {
            throw failure(file, "there is a file of this name",
                    "merge by hand what `qcc ci-init -o DIR` writes to another folder, or overwrite it with --force");
        }
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw failure(file, Reason.of(e), "name the root of the repository with -o");
        }
        parent.terminal().print("wrote  " + file + System.lineSeparator());
    }

    private static CompilationFailed failure(Path file, String reason, String help) {
        return new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(file.toString()),
                "the workflow cannot be written: " + reason).help(help));
    }

    private void sayWhatIsNext(Path file) {
        for (String target : targets) {
            parent.terminal().print("next:  qcc budget update " + model + " --target " + target + " --file "
                    + root.resolve(budget) + (Files.exists(file) ? "   (when it may cost more)" : "")
                    + System.lineSeparator());
        }
    }
}
