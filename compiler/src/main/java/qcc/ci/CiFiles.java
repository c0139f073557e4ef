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
 * @param targets that the firmware is verified on
 * @param source  where the job gets qcc from
 */
public record CiFiles(Path model, Path budget, List<Target> targets, QccSource source) {
    private static final String REPORTS = "qcc-reports";
    /** What qcc itself needs, and what it is fetched with. */
    private static final List<String> PACKAGES = List.of("ca-certificates", "git", "openjdk-17-jdk-headless", "maven");

    public CiFiles {
        targets = List.copyOf(targets);
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
        view.put("renode", List.of());
        view.put("reports", REPORTS);
        view.put("runs", targets.stream().map(this::run).toList());
        return view;
    }

    private List<String> packages() {
        Set<String> packages = new LinkedHashSet<>(PACKAGES);
        targets.forEach(target -> packages.addAll(target.packages()));
        return new ArrayList<>(packages);
    }

    private Map<String, Object> run(Target target) {
        String report = REPORTS + "/" + target.name();
        return Map.of("title", target.name(), "command", "qcc verify " + Shell.path(model) + " --target "
                + target.name() + " --budget " + Shell.path(budget) + " --junit " + report + ".xml --html " + report
                + ".html");
    }
}
