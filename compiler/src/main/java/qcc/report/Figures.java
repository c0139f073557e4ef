package qcc.report;

import java.util.List;
import java.util.Map;

/** Small drawings side by side. */
public record Figures(List<Block> figures) implements Block {
    public Figures {
        figures = List.copyOf(figures);
    }

    @Override
    public String template() {
        return "figures";
    }

    @Override
    public Map<String, Object> view(Html html) {
        return Map.of("figures", html.render(figures));
    }
}
