package qcc.report;

import java.util.Map;

/** A sentence that must not be missed. */
public record Note(Tone tone, String text) implements Block {
    @Override
    public String template() {
        return "note";
    }

    @Override
    public Map<String, Object> view(Html html) {
        return Map.of("tone", tone.css(), "text", text);
    }
}
