package qcc.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A histogram. The height of a bar is the square root of its count, so that rare values at the ends stay visible.
 *
 * @param caption what it shows
 * @param remark  in small print below the caption
 * @param low     the low end of the first bin
 * @param high    the high end of the last bin
 * @param counts  of equal bins between them
 * @param clips   values to mark, such as the ends of what integers express
 */
public record Bins(String caption, String remark, double low, double high, List<Long> counts, List<Double> clips)
        implements Block {
    private static final double WIDTH = 320;
    private static final double HEIGHT = 120;
    private static final double BOTTOM = 18;
    private static final double MARGIN = 6;

    public Bins {
        counts = List.copyOf(counts);
        clips = List.copyOf(clips);
    }

    @Override
    public String template() {
        return "bins";
    }

    @Override
    public Map<String, Object> view(Html html) {
        double from = Math.min(low, clips.isEmpty() ? low : Collections.min(clips));
        double to = Math.max(high, clips.isEmpty() ? high : Collections.max(clips));
        Axis x = Axis.of(from, to, MARGIN, WIDTH - MARGIN);
        double base = HEIGHT - BOTTOM;
        Axis y = Axis.of(0, Math.sqrt(Math.max(1, counts.stream().mapToLong(Long::longValue).max().orElse(1))), base, 4);
        return Map.of("caption", caption, "remark", remark, "width", Numbers.coordinate(WIDTH), "height",
                Numbers.coordinate(HEIGHT), "base", Numbers.coordinate(base), "outline", outline(x, y, base),
                "ticks", x.tickViews(4), "clips", clips.stream().map(clip -> Numbers.coordinate(x.at(clip))).toList());
    }

    /** All bars as one shape. */
    private String outline(Axis x, Axis y, double base) {
        double step = (high - low) / counts.size();
        List<String> points = new ArrayList<>();
        points.add(point(x.at(low), base));
        for (int i = 0; i < counts.size(); i++) {
            double top = y.at(Math.sqrt(counts.get(i)));
            points.add(point(x.at(low + i * step), top));
            points.add(point(x.at(low + (i + 1) * step), top));
        }
        points.add(point(x.at(high), base));
        return String.join(" ", points);
    }

    static String point(double x, double y) {
        return Numbers.coordinate(x) + "," + Numbers.coordinate(y);
    }
}
