package qcc.budget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;
import qcc.files.Reason;
import qcc.files.WholeFile;

/**
 * A file of budgets, by model and target.
 *
 * <pre>
 * digits:                          the model
 *   cortex-m4:                     the target
 *     compiler: arm-none-eabi-gcc 12.2.1
 *     flash:
 *       total: 11116               the limit
 *       parts: {digits_run: 3868}  may be left out; then a regression is found, but not where it comes from
 *     ram: ...                     and stack, instructions
 * </pre>
 */
public final class BudgetFile {
    static final String COMPILER = "compiler";
    static final String TOTAL = "total";
    static final String PARTS = "parts";
    private static final String HEAD = """
            # What the firmware may cost. `qcc verify MODEL --budget FILE` fails where it costs more and says where that
            # comes from; `qcc budget update MODEL --file FILE` writes down what it costs now. Totals and the parts of
            # instructions, which are layers, are limits; other parts only explain. Comments are lost on an update.
            """;

    private final Path path;
    private final Map<String, Map<String, Budget>> budgets;

    private BudgetFile(Path path, Map<String, Map<String, Budget>> budgets) {
        this.path = path;
        this.budgets = budgets;
    }

    /**
     * Reads a file.
     *
     * @throws CompilationFailed with E401 where it cannot be read, with E804 and the place where it is wrong
     */
    public static BudgetFile read(Path path) {
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E401, Span.wholeFile(path.toString()),
                    Files.exists(path) ? "the file cannot be read as a text in UTF-8" : "the file does not exist")
                    .help("write one with `qcc budget update MODEL --file " + path + "`"));
        }
        return new BudgetFile(path, new BudgetReader(new Source(path.toString(), text)).read());
    }

    /** Reads a file, or begins a new one. */
    public static BudgetFile readOrNew(Path path) {
        return Files.exists(path) ? read(path) : new BudgetFile(path, new TreeMap<>());
    }

    /** The budget of a model on a target; E804 where there is none. */
    public Budget budget(String model, String target) {
        return find(model, target).orElseThrow(() -> new CompilationFailed(Diagnostic.of(Code.E804,
                Span.wholeFile(path.toString()), "there is no budget for `" + model + "` on " + target)
                .help("write one with `qcc budget update MODEL --target " + target + " --file " + path + "`")));
    }

    public Optional<Budget> find(String model, String target) {
        return Optional.ofNullable(budgets.getOrDefault(model, Map.of()).get(target));
    }

    public void put(String model, String target, Budget budget) {
        budgets.computeIfAbsent(model, name -> new TreeMap<>()).put(target, budget);
    }

    /** The whole file; models, targets and parts in alphabetical order. */
    public String text() {
        Map<String, Object> root = new LinkedHashMap<>();
        budgets.forEach((model, targets) -> {
            Map<String, Object> entries = new LinkedHashMap<>();
            targets.forEach((target, budget) -> entries.put(target, view(budget)));
            root.put(model, entries);
        });
        DumpSettings settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setBestLineBreak("\n")
                .setWidth(Integer.MAX_VALUE).build();
        return HEAD + new Dump(settings).dumpToString(root);
    }

    private static Map<String, Object> view(Budget budget) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(COMPILER, budget.compiler());
        budget.amounts().forEach((metric, amount) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put(TOTAL, amount.total());
            if (!amount.parts().isEmpty()) {
                entry.put(PARTS, amount.parts());
            }
            view.put(metric.key(), entry);
        });
        return view;
    }

    /** Writes it to where it was read from; E801 where that is not possible. */
    public void write() {
        try {
            WholeFile.write(path, text());
        } catch (IOException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(path.toString()),
                    "the budget cannot be written: " + Reason.of(e)).help("name another file with --file"));
        }
    }
}
