package qcc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Short facts side by side: a name, a value, and a remark in small print. */
public final class Facts implements Block {
    private final List<Map<String, Object>> facts = new ArrayList<>();

    public Facts add(String name, String value) {
        return add(name, value, "");
    }

    public Facts add(String name, String value, String remark) {
        facts.add(Map.of("name", name, "value", value, "remark", remark, "hasRemark", !remark.isEmpty()));
        return this;
    }

    @Override
    public String template() {
        return "facts";
    }

    @Override
    public Map<String, Object> view(Html html) {
        return Map.of("facts", List.copyOf(facts));
    }
}
