package qcc.target;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where qcc's own files are: templates, kernels and target descriptions are read from the folders of the checkout, so
 * that a board or a kernel is added without building the compiler.
 *
 * @param home the folder that holds {@code templates}, {@code runtime-c} and {@code targets}
 */
public record Installation(Path home) {

    /** From the system property {@code qcc.home}, else the nearest folder above the compiler's classes. */
    public static Installation find() {
        String property = System.getProperty("qcc.home");
        if (property != null) {
            return new Installation(Path.of(property));
        }
        try {
            Path start = Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            for (Path folder = start; folder != null; folder = folder.getParent()) {
                if (Files.isDirectory(folder.resolve("runtime-c")) && Files.isDirectory(folder.resolve("targets"))) {
                    return new Installation(folder);
                }
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("qcc.home is not set, and no folder above the classes holds the targets");
    }

    public Path templates() {
        return home.resolve("templates");
    }

    public Path runtime() {
        return home.resolve("runtime-c");
    }

    public Path targets() {
        return home.resolve("targets");
    }
}
