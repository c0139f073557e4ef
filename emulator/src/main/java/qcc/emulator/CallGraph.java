package qcc.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The functions of a program, their stack frames and their calls, from the {@code .ci} files that gcc writes with
 * {@code -fcallgraph-info=su} (VCG format, one file per translation unit). A function's title is its symbol, for a
 * static function preceded by its source file and a colon.
 */
final class CallGraph {
    /** gcc's title for a call whose target is a value. */
    static final String INDIRECT_CALL = "__indirect_call";

    private static final Pattern NODE =
            Pattern.compile("node: \\{ title: \"([^\"]*)\" label: \"([^\"]*)\"( shape : ellipse)? \\}");
    private static final Pattern EDGE =
            Pattern.compile("edge: \\{ sourcename: \"([^\"]*)\" targetname: \"([^\"]*)\"( label: \"[^\"]*\")? \\}");
    private static final Pattern STRUCTURE = Pattern.compile("graph: \\{ title: \"[^\"]*\"|\\}|");
    private static final Pattern FRAME = Pattern.compile("\\\\n(\\d{1,18}) bytes \\(([a-z,]+)\\)");

    private final Map<String, Frame> frames = new TreeMap<>();
    private final Map<String, Set<String>> calls = new TreeMap<>();

    /**
     * What a function's own frame takes.
     *
     * @param bytes   its size
     * @param bounded false when it also holds something whose size only the run decides
     */
    record Frame(long bytes, boolean bounded) {
        private static Frame worse(Frame a, Frame b) {
            return new Frame(Math.max(a.bytes, b.bytes), a.bounded && b.bounded);
        }
    }

    private CallGraph() {
    }

    static CallGraph read(Collection<Path> files) throws IOException {
        CallGraph graph = new CallGraph();
        for (Path file : files) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (!graph.add(line.strip())) {
                    throw new MalformedFile(file.toString(), "line " + number + " is not of gcc's call graph");
                }
            }
        }
        return graph;
    }

    private boolean add(String line) {
        Matcher edge = EDGE.matcher(line);
        if (edge.matches()) {
            calls.computeIfAbsent(edge.group(1), title -> new TreeSet<>()).add(edge.group(2));
            return true;
        }
        Matcher node = NODE.matcher(line);
        if (!node.matches()) {
            return STRUCTURE.matcher(line).matches();
        }
        boolean isOnlyDeclared = node.group(3) != null;
        Matcher frame = FRAME.matcher(node.group(2));
        if (isOnlyDeclared) {
            return true;
        }
        if (!frame.find()) {
            return false;
        }
        boolean bounded = !frame.group(2).equals("dynamic");
        // Static functions of equally named files share a title: take the larger of both.
        frames.merge(node.group(1), new Frame(Long.parseLong(frame.group(1)), bounded), Frame::worse);
        return true;
    }

    /** The frame of a function; empty when the files only know that it is called. */
    Optional<Frame> frame(String title) {
        return Optional.ofNullable(frames.get(title));
    }

    /** The titles of the functions that a function calls. */
    Set<String> calls(String title) {
        return calls.getOrDefault(title, Set.of());
    }

    /** The titles that a function of this name may have: one, unless files share a static one or gcc cloned it. */
    Set<String> titles(String name) {
        if (frames.containsKey(name)) {
            return Set.of(name);
        }
        Set<String> titles = new TreeSet<>();
        for (String title : frames.keySet()) {
            if (nameOf(title).equals(name)) {
                titles.add(title);
            }
        }
        return titles;
    }

    /** The function's name in the source: the title without file and without suffixes such as {@code .constprop.0}. */
    static String nameOf(String title) {
        String symbol = title.substring(title.lastIndexOf(':') + 1);
        int suffix = symbol.indexOf('.', 1);
        return suffix < 0 ? symbol : symbol.substring(0, suffix);
    }
}
