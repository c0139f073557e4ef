package qcc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;
import qcc.budget.BudgetCheck;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;

/** What came of a budget, for people and for machines. */
final class BudgetTable {
    private static final int MAX_CAUSES = 12;

    private BudgetTable() {
    }

    /** Limits and what changed; of many causes the largest. */
    static String text(BudgetCheck check) {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%-32s %14s %14s %12s%n",
                "budget " + check.shown(), "allowed", "actual", "change"));
        check.lines().forEach(line -> out.append(text(line)));
        check.compiler().ifPresent(other -> out.append(String.format(Locale.ROOT,
                "the budget was measured with another compiler: %s%n", other)));
        if (check.improved()) {
            out.append(String.format(Locale.ROOT, "it costs less than allowed: `qcc budget update` keeps it so%n"));
        }
        return out.toString();
    }

    static String text(BudgetCheck.Line line) {
        StringBuilder out = new StringBuilder(line.actual()
                .map(actual -> row(line.metric().key(), line.allowed(), actual, line.exceeded() ? "  EXCEEDED" : ""))
                .orElseGet(() -> String.format(Locale.ROOT, "%-32s %,14d %14s%n", line.metric().key(), line.allowed(),
                        "not measured")));
        line.causes().stream().limit(MAX_CAUSES).forEach(cause -> out.append(
                row("  " + cause.name(), cause.before(), cause.after(), "")));
        if (line.causes().size() > MAX_CAUSES) {
            out.append(String.format(Locale.ROOT, "  and %d more%n", line.causes().size() - MAX_CAUSES));
        }
        return out.toString();
    }

    private static String row(String name, long before, long after, String remark) {
        return String.format(Locale.ROOT, "%-32s %,14d %,14d %12s%s%n", name, before, after,
                before == after ? "" : String.format(Locale.ROOT, "%+,d", after - before), remark);
    }

    /** What is wrong with a line that is exceeded. */
    static String sentence(BudgetCheck.Line line) {
        if (line.actual().isEmpty()) {
            return "the " + line.metric().unit() + " cannot be measured on this target";
        }
        if (line.change() > 0) {
            return String.format(Locale.ROOT, "%,d %s instead of %,d: %,d more", line.actual().get(),
                    line.metric().unit(), line.allowed(), line.change());
        }
        return line.causes().stream().filter(cause -> cause.limit() && cause.change() > 0)
                .map(cause -> String.format(Locale.ROOT, "layer `%s` takes %,d %s more", cause.name(), cause.change(),
                        line.metric().unit())).collect(Collectors.joining(", "));
    }

    static Diagnostic diagnostic(BudgetCheck check) {
        return Diagnostic.of(Code.E707, Span.wholeFile(check.shown()), check.exceeded().stream()
                .map(BudgetTable::sentence).collect(Collectors.joining("; ")))
                .help("if that is wanted, write it down with `qcc budget update`");
    }

    static void json(JsonGenerator json, BudgetCheck check) throws IOException {
        json.writeObjectFieldStart("budget");
        json.writeStringField("file", check.shown());
        json.writeBooleanField("kept", check.kept());
        json.writeArrayFieldStart("limits");
        for (BudgetCheck.Line line : check.lines()) {
            json.writeStartObject();
            json.writeStringField("name", line.metric().key());
            json.writeNumberField("allowed", line.allowed());
            if (line.actual().isPresent()) {
                json.writeNumberField("actual", line.actual().get());
            }
            json.writeBooleanField("exceeded", line.exceeded());
            json.writeArrayFieldStart("changes");
            for (BudgetCheck.Cause cause : line.causes()) {
                json.writeStartObject();
                json.writeStringField("name", cause.name());
                json.writeNumberField("before", cause.before());
                json.writeNumberField("after", cause.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
