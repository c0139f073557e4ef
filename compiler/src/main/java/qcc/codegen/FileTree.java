package qcc.codegen;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a project, by path with {@code /} between folders. */
public final class FileTree {
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /** Adds a text file. */
    public void add(String path, String text) {
        add(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file of any content. */
    public void add(String path, byte[] content) {
        if (files.put(path, content) != null) {
            throw new IllegalStateException("two files " + path);
        }
    }

    /** The files in the order of their paths. */
    public Map<String, byte[]> files() {
        return Collections.unmodifiableMap(files);
    }

    /** The text of a file that must exist. */
    public String text(String path) {
        return new String(files.get(path), StandardCharsets.UTF_8);
    }
}
