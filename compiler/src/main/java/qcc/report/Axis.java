package qcc.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maps values to a stretch of a drawing.
 *
 * @param low   the value at {@code from}
 * @param high  the value at {@code to}, above {@code low}
 * @param from  coordinate of the low end; above {@code to} for an axis that points up
 * @param to    coordinate of the high end
 */
record Axis(double low, double high, double from, double to) {
    private static final double[] STEPS = {1, 2, 5, 10};

    Axis {
        if (!(high > low)) {
            throw new IllegalArgumentException("axis " + low + " .. " + high);
        }
    }

    /** An axis that also serves where all values are the same. */
    static Axis of(double low, double high, double from, double to) {
        return high > low ? new Axis(low, high, from, to)
                : new Axis(low, low + Math.max(1e-9, Math.abs(low)), from, to);
    }

    double at(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    /** Round values between the ends, about {@code wanted} of them. */
    List<Double> ticks(int wanted) {
        double raw = (high - low) / wanted;
        double decade = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = decade * STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0; i--) {
            step = decade * STEPS[i] >= raw ? decade * STEPS[i] : step;
        }
        List<Double> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            ticks.add(k * step);
        }
        return ticks;
    }

    /** The ticks as a template draws them. */
    List<Map<String, String>> tickViews(int wanted) {
        return ticks(wanted).stream().map(tick -> Map.of("at", Numbers.coordinate(at(tick)),
                "text", Numbers.tick(tick))).toList();
    }
}
