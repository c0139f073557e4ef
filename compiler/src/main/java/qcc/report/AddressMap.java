package qcc.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What lies where in a memory over time: steps to the right, addresses upwards.
 *
 * @param caption what it shows
 * @param steps   number of columns
 * @param bytes   the size of the memory, above 0
 * @param places  drawn in their order, later ones over earlier ones
 */
public record AddressMap(String caption, int steps, long bytes, List<Place> places) implements Block {
    private static final double WIDTH = 960;
    private static final double HEIGHT = 400;
    private static final double LEFT = 64;
    private static final double BOTTOM = 26;
    private static final double TOP = 8;
    private static final int COLOURS = 8;
    /** About the width of a letter and the height of a line of labels. */
    private static final double LETTER = 6.2;
    private static final double LINE = 13;

    public AddressMap {
        places = List.copyOf(places);
    }

    /**
     * A rectangle.
     *
     * @param label   the name
     * @param offset  of its first byte
     * @param bytes   its length
     * @param first   the first step, from 0
     * @param last    the last step, included
     * @param scratch whether it is working memory
     */
    public record Place(String label, long offset, long bytes, int first, int last, boolean scratch) {
    }

    @Override
    public String template() {
        return "addressMap";
    }

    @Override
    public Map<String, Object> view(Html html) {
        Axis x = new Axis(0, Math.max(1, steps), LEFT, WIDTH);
        Axis y = new Axis(0, bytes, HEIGHT - BOTTOM, TOP);
        List<Map<String, Object>> rectangles = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            rectangles.add(rectangle(places.get(i), i % COLOURS, x, y));
        }
        List<Map<String, String>> columns = new ArrayList<>();
        int every = Math.max(1, (steps + 29) / 30);
        for (int step = 0; step < steps; step += every) {
            columns.add(Map.of("at", Numbers.coordinate(x.at(step + 0.5)), "text", String.valueOf(step)));
        }
        return Map.of("caption", caption, "width", Numbers.coordinate(WIDTH), "height", Numbers.coordinate(HEIGHT),
                "left", Numbers.coordinate(LEFT), "bottom", Numbers.coordinate(HEIGHT - BOTTOM), "rows", y.tickViews(6),
                "columns", columns, "places", rectangles);
    }

    private static Map<String, Object> rectangle(Place place, int colour, Axis x, Axis y) {
        double left = x.at(place.first());
        double width = x.at(place.last() + 1) - left;
        double top = y.at(place.offset() + place.bytes());
        double height = y.at(place.offset()) - top;
        boolean room = height >= LINE && width >= LETTER * place.label().length() + LETTER;
        Map<String, Object> view = new HashMap<>();
        view.put("x", Numbers.coordinate(left));
        view.put("y", Numbers.coordinate(top));
        view.put("width", Numbers.coordinate(width));
        view.put("height", Numbers.coordinate(Math.max(0.5, height)));
        view.put("css", "place m" + colour + (place.scratch() ? " scratch" : ""));
        view.put("label", room ? place.label() : null);
        view.put("labelX", Numbers.coordinate(left + LETTER));
        view.put("labelY", Numbers.coordinate(top + height / 2 + 4));
        view.put("hint", place.label() + (place.scratch() ? ", scratch memory" : "") + ": bytes "
                + Numbers.count(place.offset()) + " to " + Numbers.count(place.offset() + place.bytes() - 1) + " ("
                + Numbers.count(place.bytes()) + "), steps " + place.first() + " to " + place.last());
        return view;
    }
}
