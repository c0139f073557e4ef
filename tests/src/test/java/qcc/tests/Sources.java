package qcc.tests;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import qcc.driver.Compilation;
import qcc.driver.Project;
import qcc.target.Installation;
import qcc.target.Targets;

/** What the compiler writes in C. */
public final class Sources {
    private Sources() {
    }

    /** The C files and headers of a model's project for Cortex-M4, by name. */
    public static Map<String, String> of(Compilation compilation) {
        Installation installation = Installation.find();
        Project project = Project.of(compilation, new Targets(installation).load("cortex-m4"), installation);
        Map<String, String> sources = new TreeMap<>();
        project.files().files().forEach((name, content) -> {
            if (name.endsWith(".c") || name.endsWith(".h")) {
                sources.put(name, new String(content, StandardCharsets.UTF_8));
            }
        });
        return sources;
    }
}
