package qcc.writer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import qcc.ir.Graph;

/** Finds structure that repeats, each time on the result of the time before. */
final class RepetitionFinder {
    /** More would hide what the model is. */
    private static final int MAX_BLOCKS = 6;
    private static final int MAX_LENGTH = 32;
    private static final int MAX_PARAMETERS = 4;
    /** Layers that a block must save to be worth a name. */
    private static final int MIN_SAVED = 3;

    private final Uses uses;
    private final int size;
    private final BitSet covered = new BitSet();

    private RepetitionFinder(Graph graph, List<LayerText> texts) {
        this.uses = new Uses(graph, texts);
        this.size = graph.nodes().size();
    }

    /**
     * Patterns that share no node, in the order of their first use.
     *
     * @param texts of the graph's nodes
     */
    static List<Pattern> find(Graph graph, List<LayerText> texts) {
        RepetitionFinder finder = new RepetitionFinder(graph, texts);
        List<Pattern> patterns = new ArrayList<>();
        Optional<Pattern> best = finder.best();
        while (best.isPresent() && patterns.size() < MAX_BLOCKS) {
            best.get().uses().forEach(use -> finder.covered.set(use.start(), use.end()));
            patterns.add(best.get());
            best = finder.best();
        }
        patterns.sort(Comparator.comparingInt(pattern -> pattern.uses().get(0).start()));
        return patterns;
    }

    private Optional<Pattern> best() {
        Pattern best = null;
        for (int length = 2; length <= Math.min(MAX_LENGTH, size / 2); length++) {
            for (int start = 0; start + 2 * length <= size; start++) {
                Pattern found = longestRun(start, length);
                if (found != null && saved(found) >= MIN_SAVED && (best == null || score(found) > score(best))) {
                    best = found;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The longest run of like segments from {@code start} on; null if there is only one. */
    private Pattern longestRun(int start, int length) {
        List<Segment> run = new ArrayList<>();
        Pattern pattern = null;
        while (true) {
            Optional<Segment> next = segment(start + run.size() * length, length);
            boolean continues = next.isPresent() && (run.isEmpty() || run.get(0).isLike(next.get())
                    && next.get().entry().id() == run.get(run.size() - 1).output().id());
            if (!continues) {
                return pattern;
            }
            run.add(next.get());
            Optional<Pattern> longer = Pattern.of(run);
            if (longer.isEmpty() || longer.get().parameters().size() > MAX_PARAMETERS) {
                return pattern;
            }
            pattern = run.size() > 1 ? longer.get() : null;
        }
    }

    private Optional<Segment> segment(int start, int length) {
        boolean free = start + length <= size && covered.get(start, start + length).isEmpty();
        return free ? Segment.of(uses, start, length) : Optional.empty();
    }

    private static int saved(Pattern pattern) {
        return pattern.length() * (pattern.uses().size() - 1) - pattern.parameters().size();
    }

    /**
     * The most layers with the fewest parameters and the fewest different uses; among equals, the shortest block, and
     * one that begins with a trained layer rather than with the activation that belongs to the layer before.
     */
    private static int score(Pattern pattern) {
        int layers = pattern.length() * pattern.uses().size();
        boolean isTrained = pattern.uses().get(0).texts().get(0).isTrained();
        return 100 * layers - 60 * pattern.parameters().size() - 25 * calls(pattern) + pattern.uses().size()
                + (isTrained ? 20 : 0);
    }

    /** The number of calls that the uses take when equal ones in a row are one, repeated. */
    private static int calls(Pattern pattern) {
        return 1 + (int) IntStream.range(1, pattern.uses().size())
                .filter(use -> !pattern.argumentsAt(use).equals(pattern.argumentsAt(use - 1))).count();
    }
}
