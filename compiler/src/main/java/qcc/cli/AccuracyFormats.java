package qcc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import qcc.driver.AccuracyReport;
import qcc.driver.Fidelity;

/** An accuracy report for machines. */
final class AccuracyFormats {
    private AccuracyFormats() {
    }

    /** One JSON object, indented, ending in a line break; an infinite SQNR is null. */
    static String json(AccuracyReport report) {
        return JsonText.object(json -> {
            json.writeNumberField("samples", report.samples());
            json.writeBooleanField("labelled", report.labelled());
            json.writeNumberField("float_correct", report.real());
            json.writeNumberField("simulated_correct", report.simulated());
            json.writeNumberField("integer_correct", report.integer());
            json.writeNumberField("integer_agrees_with_float", report.agreement());
            json.writeArrayFieldStart("layers");
            for (AccuracyReport.Layer layer : report.layers()) {
                json.writeStartObject();
                json.writeStringField("name", layer.name());
                fidelity(json, "integer", layer.integer());
                fidelity(json, "simulated", layer.simulated());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The same for a network that came quantised. */
    static String json(int samples, int correct) {
        return JsonText.object(json -> {
            json.writeNumberField("samples", samples);
            json.writeBooleanField("labelled", true);
            json.writeNumberField("integer_correct", correct);
        });
    }

    private static void fidelity(JsonGenerator json, String name, Fidelity fidelity) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeFieldName("sqnr_db");
        if (Double.isInfinite(fidelity.sqnr())) {
            json.writeNull();
        } else {
            json.writeNumber(fidelity.sqnr());
        }
        json.writeNumberField("cosine", fidelity.cosine());
        json.writeEndObject();
    }
}
