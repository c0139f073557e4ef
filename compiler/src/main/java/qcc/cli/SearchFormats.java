package qcc.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import qcc.search.Candidate;
import qcc.search.LayerOption;
import qcc.search.MixedPrecision;

/** The result of a search for machines. */
final class SearchFormats {
    private SearchFormats() {
    }

    /** One JSON object: `options` of each layer, the firmwares that were `tried`, and the `best`, or null. */
    static String json(MixedPrecision.Outcome outcome) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("options");
            for (LayerOption option : outcome.options()) {
                json.writeStartObject();
                json.writeStringField("layer", option.layer());
                json.writeNumberField("bits", option.bits());
                json.writeNumberField("error", option.error());
                json.writeNumberField("flash", option.flashBytes());
                json.writeNumberField("instructions", option.instructions());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("tried");
            for (Candidate candidate : outcome.tried()) {
                write(json, candidate);
            }
            json.writeEndArray();
            json.writeFieldName("best");
            if (outcome.best().isPresent()) {
                write(json, outcome.best().get());
            } else {
                json.writeNull();
            }
        });
    }

    private static void write(JsonGenerator json, Candidate candidate) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("bits");
        for (Map.Entry<String, Integer> layer : candidate.bits().entrySet()) {
            json.writeNumberField(layer.getKey(), layer.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("flash", candidate.expense().flashBytes());
        json.writeNumberField("ram", candidate.expense().ramBytes());
        json.writeNumberField("instructions", candidate.expense().instructions());
        json.writeNumberField("error", candidate.error());
        json.writeNumberField("agreement", candidate.agreement());
        json.writeEndObject();
    }
}
