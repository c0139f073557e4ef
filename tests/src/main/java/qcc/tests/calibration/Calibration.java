package qcc.tests.calibration;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import qcc.target.KernelCosts;
import qcc.target.KernelRow;

/** The prices of one kernel's work, fitted to counts, and how well they serve. */
final class Calibration {
    /** Layers of a few hundred instructions may err by this much: it is noise of the C compiler around a call. */
    static final int ALLOWANCE = 300;
    /** Other layers may err by this part of their count. */
    static final double BOUND = 0.1;
    /** A price has so many digits; more would promise what nobody measured. */
    private static final int DIGITS = 4;

    private final KernelRow row;
    private final List<Counted> counts;
    private final double[] prices;

    Calibration(KernelRow row, List<Counted> counts) {
        this.row = row;
        this.counts = counts;
        prices = Arrays.stream(PriceFit.of(counts.stream().map(count -> new PriceFit.Equation(units(count),
                count.instructions(), Math.sqrt(count.role().weight()) / (count.instructions() + ALLOWANCE))).toList()))
                .map(Calibration::rounded).toArray();
    }

    private double[] units(Counted count) {
        return KernelCosts.units(row, count.facts()).toArray();
    }

    private static double rounded(double price) {
        return price == 0 ? 0 : new BigDecimal(price).round(new MathContext(DIGITS)).doubleValue();
    }

    /** A line of a list of costs. */
    String line() {
        return row.name() + ": " + Arrays.stream(prices).mapToObj(price -> new BigDecimal(String.valueOf(price))
                .setScale(Math.max(0, Math.min(6, DIGITS - 1 - (int) Math.floor(Math.log10(Math.max(price, 1e-3))))),
                        RoundingMode.HALF_UP).stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(" "));
    }

    /** An estimate's error as a part of the count; of small layers, as a part of what the allowance is a tenth of. */
    static double error(long estimate, Counted count) {
        return (estimate - count.instructions()) / Math.max(count.instructions(), ALLOWANCE / BOUND);
    }

    private double error(Counted count) {
        double[] units = units(count);
        return error(Math.max(0, Math.round(IntStream.range(0, units.length).mapToDouble(i -> units[i] * prices[i]).sum())),
                count);
    }

    /** For each role how many layers there are, how many of them err beyond the bound, and the worst error. */
    String summary() {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%-26s", row.name()));
        for (Counted.Role role : Counted.Role.values()) {
            List<Double> errors = counts.stream().filter(count -> count.role() == role).map(this::error).toList();
            out.append(String.format(Locale.ROOT, " %s: %3d, %2d beyond, worst %+5.1f %% ", role.name().toLowerCase(Locale.ROOT),
                    errors.size(), errors.stream().filter(error -> Math.abs(error) > BOUND).count(),
                    100 * errors.stream().max(Comparator.comparingDouble(Math::abs)).orElse(0.0)));
        }
        return out.toString();
    }

    /** The layers with an error beyond the bound. */
    List<String> beyond() {
        return counts.stream().filter(count -> Math.abs(error(count)) > BOUND)
                .map(count -> String.format(Locale.ROOT, "    %+6.1f %% %s", 100 * error(count), count)).toList();
    }
}
