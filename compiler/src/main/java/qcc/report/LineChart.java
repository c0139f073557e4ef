package qcc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values at places in an order, such as layers, as lines.
 *
 * @param caption what it shows, with the unit
 * @param places  names along the horizontal axis
 * @param series  at most three lines
 */
public record LineChart(String caption, List<String> places, List<Series> series) implements Block {
    private static final double WIDTH = 960;
    private static final double HEIGHT = 300;
    private static final double LEFT = 48;
    private static final double BOTTOM = 24;
    private static final double TOP = 10;
    private static final int MOST_LABELS = 24;

    public LineChart {
        places = List.copyOf(places);
        series = List.copyOf(series);
    }

    /**
     * One line.
     *
     * @param values one for each place; absent where there is none
     */
    public record Series(String name, List<Optional<Double>> values) {
        public Series {
            values = List.copyOf(values);
        }
    }

    @Override
    public String template() {
        return "lineChart";
    }

    @Override
    public Map<String, Object> view(Html html) {
        List<Double> all = series.stream().flatMap(line -> line.values().stream()).flatMap(Optional::stream).toList();
        double low = Stream.concat(all.stream(), Stream.of(0.0)).min(Double::compare).orElse(0.0);
        double high = Stream.concat(all.stream(), Stream.of(low)).max(Double::compare).orElse(1.0);
        Axis x = new Axis(-0.5, Math.max(0.5, places.size() - 0.5), LEFT, WIDTH);
        Axis y = Axis.of(low, high, HEIGHT - BOTTOM, TOP);
        int every = Math.max(1, (places.size() + MOST_LABELS - 1) / MOST_LABELS);
        List<Map<String, String>> columns = IntStream.range(0, places.size()).filter(i -> i % every == 0)
                .mapToObj(i -> Map.of("at", Numbers.coordinate(x.at(i)), "text", String.valueOf(i))).toList();
        return Map.of("caption", caption, "width", Numbers.coordinate(WIDTH), "height", Numbers.coordinate(HEIGHT),
                "left", Numbers.coordinate(LEFT), "bottom", Numbers.coordinate(HEIGHT - BOTTOM), "rows", y.tickViews(5),
                "columns", columns, "series", IntStream.range(0, series.size())
                        .mapToObj(i -> line(series.get(i), i, x, y)).toList());
    }

    private Map<String, Object> line(Series line, int index, Axis x, Axis y) {
        List<String> points = new ArrayList<>();
        List<Map<String, String>> dots = new ArrayList<>();
        for (int i = 0; i < line.values().size(); i++) {
            if (line.values().get(i).isPresent()) {
                double value = line.values().get(i).get();
                points.add(Bins.point(x.at(i), y.at(value)));
                dots.add(Map.of("x", Numbers.coordinate(x.at(i)), "y", Numbers.coordinate(y.at(value)),
                        "hint", i + " " + places.get(i) + ": " + line.name() + " " + Numbers.decimal(value)));
            }
        }
        return Map.of("name", line.name(), "css", "k" + index, "points", String.join(" ", points), "dots", dots);
    }
}
