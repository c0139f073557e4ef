package qcc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import qcc.driver.EmulatorComparison;
import qcc.driver.ProfileReport;
import qcc.program.RamChoice;

/** A profile for machines. */
final class ProfileFormats {
    private static final String MODEL = "model";
    private static final String NAME = "name";
    private static final String CYCLES = "estimated_cycles";
    /** What a target's counter counts. */
    private static final Set<String> UNITS = Set.of("instructions", "cycles");

    private ProfileFormats() {
    }

    /** One JSON object, indented, ending in a line break. */
    static String json(ProfileReport report) {
        return JsonText.object(json -> run(json, report));
    }

    /** Likewise, of the same firmware in several emulators: an array of such objects, and whether they count alike. */
    static String json(List<ProfileReport> reports) {
        return JsonText.object(json -> {
            json.writeArrayFieldStart("runs");
            for (ProfileReport report : reports) {
                json.writeStartObject();
                run(json, report);
                json.writeEndObject();
            }
            json.writeEndArray();
            Optional<Boolean> same = EmulatorComparison.sameCounts(reports);
            if (same.isPresent()) {
                json.writeBooleanField("same_instructions", same.get());
            }
        });
    }

    private static void run(JsonGenerator json, ProfileReport report) throws IOException {
        json.writeStringField(MODEL, report.project().program().name());
        json.writeStringField("target", report.project().target().name());
        json.writeStringField("emulator", report.project().emulator().describe());
        String unit = report.counterUnit();
        json.writeNumberField(unit, report.instructions());
        if (report.cycles().isPresent()) {
            json.writeNumberField(CYCLES, report.cycles().get().whole());
        }
        json.writeNumberField("stack_bytes", report.stackBytes());
        json.writeNumberField("arena_bytes", report.project().program().arenaBytes());
        json.writeNumberField("constant_bytes", report.project().program().constantBytes());
        if (report.footprint().isPresent()) {
            json.writeNumberField("flash_bytes", report.footprint().get().flashBytes());
            json.writeNumberField("ram_bytes", report.footprint().get().ramBytes());
        }
        choice(json, report.project().program().choice());
        json.writeArrayFieldStart("layers");
        for (ProfileReport.Layer layer : report.layers()) {
            json.writeStartObject();
            json.writeStringField(NAME, layer.step().name());
            json.writeStringField("kernel", layer.step().kernel().name());
            json.writeNumberField(unit, layer.instructions());
            if (report.cycles().isPresent()) {
                json.writeNumberField(CYCLES, report.cycles().get().layers().get(layer.step().index()));
            }
            if (report.estimate(layer).isPresent()) {
                json.writeNumberField("expected", report.estimate(layer).getAsLong());
            }
            json.writeNumberField("macs", layer.step().operation().macs());
            if (report.codeBytes(layer).isPresent()) {
                json.writeNumberField("code_bytes", report.codeBytes(layer).get());
            }
            json.writeNumberField("constant_bytes", report.project().program().constantBytes(layer.step()));
            json.writeNumberField("arena_bytes", report.arenaBytes(layer));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The arenas that the compiler chose from. */
    private static void choice(JsonGenerator json, RamChoice choice) throws IOException {
        json.writeArrayFieldStart("arenas");
        for (RamChoice.Option option : choice.options()) {
            json.writeStartObject();
            json.writeNumberField("bytes", option.bytes());
            json.writeNumberField("streams", option.streams());
            json.writeNumberField("estimated_percent", Math.round(100 * option.percent()) / 100.0);
            json.writeBooleanField("taken", choice.options().get(choice.taken()).equals(option));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * The instructions, or cycles, of each layer in a profile, by name; those of the whole run under the empty name.
     *
     * @throws IOException if the text is no profile
     */
    static Map<String, Long> instructions(String profile) throws IOException {
        Map<String, Long> counts = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(profile)) {
            String name = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && MODEL.equals(json.currentName())) {
                    name = ""; // a run begins
                } else if (token == JsonToken.VALUE_STRING && NAME.equals(json.currentName())) {
                    name = json.getText();
                } else if (token == JsonToken.VALUE_NUMBER_INT && UNITS.contains(json.currentName())) {
                    counts.put(name, json.getLongValue());
                }
            }
        }
        if (!counts.containsKey("")) {
            throw new IOException("no instructions of a whole run");
        }
        return counts;
    }
}
