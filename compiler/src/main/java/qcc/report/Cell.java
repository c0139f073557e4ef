package qcc.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cell of a table.
 *
 * @param text   what stands in it
 * @param remark in small print behind the text; may be empty
 * @param bar    drawn in the cell
 */
public record Cell(String text, String remark, Tone tone, Optional<Bar> bar) {

    /**
     * A bar that is drawn in a cell.
     *
     * @param share of the cell's width that it takes, 0..1
     * @param mark  a place in the cell that the bar is to be compared with, 0..1; absent where there is none
     */
    public record Bar(double share, Optional<Double> mark) {
    }

    public static Cell of(String text) {
        return new Cell(text, "", Tone.PLAIN, Optional.empty());
    }

    public static Cell of(long number) {
        return of(Numbers.count(number));
    }

    public static Cell of(Tone tone, String text) {
        return new Cell(text, "", tone, Optional.empty());
    }

    /** A bar without words. */
    public static Cell bar(double share, Optional<Double> mark) {
        return new Cell("", "", Tone.PLAIN, Optional.of(new Bar(share, mark)));
    }

    public Cell remark(String words) {
        return new Cell(text, words, tone, bar);
    }

    Map<String, Object> view(String kind) {
        Map<String, Object> view = new HashMap<>();
        view.put("text", text);
        view.put("remark", remark);
        view.put("hasRemark", !remark.isEmpty());
        view.put("css", tone == Tone.PLAIN ? kind : kind + " " + tone.css());
        view.put("bar", bar.map(b -> Numbers.coordinate(100 * clamp(b.share()))).orElse(null));
        view.put("mark", bar.flatMap(Bar::mark).map(m -> Numbers.coordinate(100 * clamp(m))).orElse(null));
        return view;
    }

    private static double clamp(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
