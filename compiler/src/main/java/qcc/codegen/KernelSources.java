package qcc.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel headers that a program needs: those it calls, and what they include. */
final class KernelSources {
    private static final Pattern INCLUDE = Pattern.compile("^#include \"([^\"]+)\"", Pattern.MULTILINE);

    private KernelSources() {
    }

    /** The text of each header by its file name, for kernels by name. */
    static Map<String, String> closure(Path runtime, Collection<String> kernels) {
        Map<String, String> texts = new TreeMap<>();
        kernels.forEach(kernel -> collect(runtime, header(kernel), texts));
        return texts;
    }

    /** The header of a kernel. */
    static String header(String kernel) {
        return "qcc_" + kernel + ".h";
    }

    private static void collect(Path runtime, String file, Map<String, String> texts) {
        if (texts.containsKey(file)) {
            return;
        }
        String text = read(runtime.resolve(file));
        texts.put(file, text);
        Matcher matcher = INCLUDE.matcher(text);
        while (matcher.find()) {
            collect(runtime, matcher.group(1), texts);
        }
    }

    /** A file of the installation as text. */
    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("qcc's own file " + file + " cannot be read", e);
        }
    }
}
