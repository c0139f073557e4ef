package qcc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows under headings; numbers stand right, bars take the room that is left. */
public final class Table implements Block {
    private final List<Column> columns;
    private final List<List<Map<String, Object>>> rows = new ArrayList<>();
    private List<Map<String, Object>> total = List.of();

    /** How the cells of a column stand. */
    public enum Kind {
        TEXT, NUMBER, BAR;

        String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A heading. */
    public record Column(Kind kind, String title) {
        public static Column text(String title) {
            return new Column(Kind.TEXT, title);
        }

        public static Column number(String title) {
            return new Column(Kind.NUMBER, title);
        }

        public static Column bar(String title) {
            return new Column(Kind.BAR, title);
        }
    }

    public Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row with a cell for each column. */
    public Table row(List<Cell> cells) {
        rows.add(view(cells));
        return this;
    }

    /** A last row that sums up. */
    public Table total(List<Cell> cells) {
        total = view(cells);
        return this;
    }

    private List<Map<String, Object>> view(List<Cell> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + columns.size() + " columns");
        }
        List<Map<String, Object>> views = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            views.add(cells.get(i).view(columns.get(i).kind().css()));
        }
        return views;
    }

    @Override
    public String template() {
        return "table";
    }

    @Override
    public Map<String, Object> view(Html html) {
        return Map.of("columns", columns.stream()
                        .map(column -> Map.of("title", column.title(), "css", column.kind().css())).toList(),
                "rows", rows.stream().map(cells -> Map.of("cells", cells)).toList(),
                "total", total, "hasTotal", !total.isEmpty());
    }
}
