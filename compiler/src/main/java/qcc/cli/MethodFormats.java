package qcc.cli;

import java.util.Locale;
import java.util.Map;
import qcc.driver.AccuracyReport;
import qcc.driver.Fidelity;

/** What methods of quantisation contribute, as a table and for machines. */
final class MethodFormats {
    private MethodFormats() {
    }

    /**
     * A line for each way of quantising: right answers of the integer network, how often it answers as the real one, and
     * how near its last layer comes to the real one's.
     */
    static String table(Map<String, AccuracyReport> reports) {
        StringBuilder out = new StringBuilder();
        AccuracyReport any = reports.values().iterator().next();
        out.append(String.format(Locale.ROOT, "%d samples", any.samples()));
        out.append(any.labelled() ? String.format(Locale.ROOT, "; float: %.2f %% right%n", any.percent(any.real()))
                : String.format(Locale.ROOT, "; no labels%n"));
        out.append(String.format(Locale.ROOT, "%-32s %9s %10s %10s %10s%n", "integer network", "right, %", "as float, %",
                "SQNR, dB", "cosine"));
        reports.forEach((name, report) -> out.append(String.format(Locale.ROOT, "%-32s %9s %10.2f %10.2f %10.6f%n", name,
                report.labelled() ? String.format(Locale.ROOT, "%.2f", report.percent(report.integer())) : "-",
                report.percent(report.agreement()), last(report).sqnr(), last(report).cosine())));
        return out.toString();
    }

    /** An object with the report of each way. */
    static String json(Map<String, AccuracyReport> reports) {
        return JsonText.object(json -> {
            for (Map.Entry<String, AccuracyReport> entry : reports.entrySet()) {
                AccuracyReport report = entry.getValue();
                json.writeObjectFieldStart(entry.getKey());
                json.writeNumberField("samples", report.samples());
                json.writeBooleanField("labelled", report.labelled());
                json.writeNumberField("integer_correct", report.integer());
                json.writeNumberField("integer_agrees_with_float", report.agreement());
                json.writeNumberField("sqnr_db", last(report).sqnr());
                json.writeNumberField("cosine", last(report).cosine());
                json.writeEndObject();
            }
        });
    }

    private static Fidelity last(AccuracyReport report) {
        return report.layers().get(report.layers().size() - 1).integer();
    }
}
