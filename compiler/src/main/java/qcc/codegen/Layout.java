package qcc.codegen;

import java.util.List;
import java.util.Locale;

/** How the files of a model are laid out: as a complete firmware, or as a library for another build system. */
public enum Layout {
    MAKE("model/", "kernels/", "make -C %s test",
            file("main.c", "/project/main"), file("test/network.c", "/project/network"),
            file("Makefile", "/project/makefile"), file("CMakeLists.txt", "/project/cmake"),
            file("README.md", "/project/readme")),
    PLATFORMIO("src/", "src/", "in platformio.ini, lib_deps = symlink://%s",
            file("library.json", "/layout/platformio/manifest"),
            file("examples/run/main.c", "/layout/library/example"),
            file("README.md", "/layout/platformio/readme")),
    ARDUINO("src/", "src/", "put %s into the folder `libraries` of the sketchbook",
            file("library.properties", "/layout/arduino/properties"),
            file("examples/run/run.ino", "/layout/arduino/example"),
            file("README.md", "/layout/arduino/readme")),
    ZEPHYR("model/", "kernels/", "west build -b BOARD %s/samples/run",
            file("zephyr/module.yml", "/layout/zephyr/module"), file("Kconfig", "/layout/zephyr/kconfig"),
            file("CMakeLists.txt", "/layout/zephyr/cmake"),
            file("samples/run/CMakeLists.txt", "/layout/zephyr/sample"),
            file("samples/run/prj.conf", "/layout/zephyr/configuration"),
            file("samples/run/src/main.c", "/layout/library/example"),
            file("README.md", "/layout/zephyr/readme"));

    private final String model;
    private final String kernels;
    private final String next;
    private final List<Templated> files;

    Layout(String model, String kernels, String next, Templated... files) {
        this.model = model;
        this.kernels = kernels;
        this.next = next;
        this.files = List.of(files);
    }

    /**
     * A file that a template writes.
     *
     * @param path     in the folder
     * @param template that gets the model's view
     */
    record Templated(String path, String template) {
    }

    private static Templated file(String path, String template) {
        return new Templated(path, template);
    }

    /** The folder of the model's own files, with a {@code /} at its end. */
    String model() {
        return model;
    }

    /** Likewise, of the kernels. Headers are included by their bare names. */
    String kernels() {
        return kernels;
    }

    List<Templated> files() {
        return files;
    }

    /** True when all is there that a firmware consists of, from start-up code to self-test. */
    public boolean isFirmware() {
        return this == MAKE;
    }

    /** What a user may do next with a folder. */
    public String next(Object folder) {
        return String.format(Locale.ROOT, next, folder);
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
