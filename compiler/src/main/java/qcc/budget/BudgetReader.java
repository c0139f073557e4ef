package qcc.budget;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;

/** Reads the text of a {@link BudgetFile}: no tags, no aliases, and nothing that it does not know. */
final class BudgetReader {
    private static final LoadSettings SETTINGS = LoadSettings.builder().setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(0).build();

    private final Source source;

    BudgetReader(Source source) {
        this.source = source;
    }

    /** By model and target. */
    Map<String, Map<String, Budget>> read() {
        Map<String, Map<String, Budget>> budgets = new TreeMap<>();
        root().ifPresent(root -> entries(root, "models").forEach((model, targets) -> {
            Map<String, Budget> read = new TreeMap<>();
            entries(targets, "targets").forEach((target, budget) -> read.put(target, budget(budget)));
            budgets.put(model, read);
        }));
        return budgets;
    }

    private Optional<Node> root() {
        try {
            return new Compose(SETTINGS).composeString(source.text());
        } catch (MarkedYamlEngineException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E804, e.getProblemMark().map(this::span)
                    .orElseGet(this::whole), "this is not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E804, whole(), "this is not YAML: " + e.getMessage()));
        }
    }

    private Budget budget(Node node) {
        String compiler = "";
        Map<Metric, Amount> amounts = new EnumMap<>(Metric.class);
        for (Map.Entry<String, Node> entry : entries(node, "metrics").entrySet()) {
            if (entry.getKey().equals(BudgetFile.COMPILER)) {
                compiler = scalar(entry.getValue()).getValue();
            } else {
                amounts.put(metric(entry.getKey(), entry.getValue()), amount(entry.getValue()));
            }
        }
        return new Budget(compiler, amounts);
    }

    private Metric metric(String key, Node place) {
        return Arrays.stream(Metric.values()).filter(metric -> metric.key().equals(key)).findFirst()
                .orElseThrow(() -> unknown(key, place, Stream.concat(Stream.of(BudgetFile.COMPILER),
                        Arrays.stream(Metric.values()).map(Metric::key)).toList()));
    }

    private Amount amount(Node node) {
        Map<String, Node> entries = entries(node, "a total");
        Map<String, Long> parts = new LinkedHashMap<>();
        Long total = null;
        for (Map.Entry<String, Node> entry : entries.entrySet()) {
            if (entry.getKey().equals(BudgetFile.TOTAL)) {
                total = number(entry.getValue());
            } else if (entry.getKey().equals(BudgetFile.PARTS)) {
                entries(entry.getValue(), "parts").forEach((name, value) -> parts.put(name, number(value)));
            } else {
                throw unknown(entry.getKey(), entry.getValue(), List.of(BudgetFile.TOTAL, BudgetFile.PARTS));
            }
        }
        if (total == null) {
            throw failure(node, "the `" + BudgetFile.TOTAL + "` is missing here");
        }
        return new Amount(total, parts);
    }

    private long number(Node node) {
        String text = scalar(node).getValue();
        if (!text.matches("[0-9]{1,18}")) {
            throw failure(node, "a number of bytes or instructions is expected, not `" + text + "`");
        }
        return Long.parseLong(text);
    }

    private ScalarNode scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar;
        }
        throw failure(node, "a single value is expected here");
    }

    private Map<String, Node> entries(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw failure(node, "here should stand " + what + ", a line `name: ...` for each");
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode()).getValue();
            if (entries.put(key, tuple.getValueNode()) != null) {
                throw failure(tuple.getKeyNode(), "`" + key + "` stands here twice");
            }
        }
        return entries;
    }

    private CompilationFailed unknown(String key, Node place, List<String> known) {
        return new CompilationFailed(Diagnostic.of(Code.E804, span(place), "`" + key + "` has no meaning here"
                + Suggestions.closest(key, known).map(close -> "; did you mean `" + close + "`?").orElse(""))
                .help("known are " + known.stream().collect(Collectors.joining(", "))));
    }

    private CompilationFailed failure(Node node, String message) {
        return new CompilationFailed(Diagnostic.of(Code.E804, span(node), message)
                .help("`qcc budget update` writes such a file"));
    }

    private Span span(Node node) {
        return node.getStartMark().map(this::span).orElseGet(this::whole);
    }

    private Span span(Mark mark) {
        int start = source.text().offsetByCodePoints(0, Math.min(mark.getIndex(),
                source.text().codePointCount(0, source.text().length())));
        return new Span(source, start, Math.min(start + 1, source.text().length()));
    }

    private Span whole() {
        return new Span(source, 0, 0);
    }
}
