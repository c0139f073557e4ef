package qcc.ci;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qcc.target.Target;
import qcc.template.Templates;

/**
 * Workflow files for a repository.
 *
 * @param model   relative to the root of the repository
 * @param budget  likewise
 * @param runs    what the firmware is verified on, one after the other
 * @param source  where the job gets qcc from
 */
public record CiFiles(Path model, Path budget, List<Run> runs, QccSource source) {
    /** The name of the emulator that no distribution has as a package. */
    public static final String RENODE = "renode";
    /** Every emulator of the target. */
    private static final String ALL = "all";
    private static final String RENODE_URL = "https://github.com/renode/renode/releases/download/v1.16.1/"
            + "renode-1.16.1.linux-portable-dotnet.tar.gz";
    /** What Renode needs, and what it is fetched with. */
    private static final List<String> RENODE_PACKAGES = List.of("curl", "libicu-dev");
    private static final String REPORTS = "qcc-reports";
    /** What qcc itself needs, and what it is fetched with. */
    private static final List<String> PACKAGES = List.of("ca-certificates", "git", "openjdk-17-jdk-headless", "maven");

    public CiFiles {
        runs = List.copyOf(runs);
    }

    /** A target in an emulator. */
    public record Run(Target target, String emulator) {
    }

    /** The text of a provider's file. */
    public String text(Provider provider, Templates templates) {
        return templates.render("/ci/" + provider + "/" + provider, "c", view()) + "\n";
    }

    private Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("budget", Shell.path(budget));
        view.put("packages", packages());
        view.put("get", source.commands());
        view.put("folder", source.folder());
        view.put("renode", needsRenode() ? List.of("mkdir -p \"$HOME/renode\"", "command -v renode || curl -fsSL "
                + RENODE_URL + " | tar xz --strip-components=1 -C \"$HOME/renode\"") : List.of());
        view.put("reports", REPORTS);
        view.put("runs", runs.stream().map(this::run).toList());
        return view;
    }

    private List<String> packages() {
        Set<String> packages = new LinkedHashSet<>(PACKAGES);
        runs.forEach(run -> packages.addAll(run.target().packages()));
        packages.addAll(needsRenode() ? RENODE_PACKAGES : List.of());
        return new ArrayList<>(packages);
    }

    private boolean needsRenode() {
        return runs.stream().anyMatch(run -> run.emulator().equals(RENODE) || run.emulator().equals(ALL)
                && run.target().emulators().stream().anyMatch(line -> line.startsWith(RENODE)));
    }

    private Map<String, Object> run(Run run) {
        String target = run.target().name();
        String report = REPORTS + "/" + target + "-" + run.emulator();
        String emulator = run.emulator().equals(ALL) ? "all emulators" : run.emulator();
        return Map.of("title", target + " in " + emulator, "command", "qcc verify " + Shell.path(model)
                + " --target " + target + " --emulator " + run.emulator() + " --budget " + Shell.path(budget)
                + " --junit " + report + ".xml --html " + report + ".html");
    }
}
