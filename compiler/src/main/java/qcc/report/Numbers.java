package qcc.report;

import java.util.Locale;

/** Numbers as pages write them, the same in every country. */
public final class Numbers {
    private Numbers() {
    }

    /** With a comma between thousands. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** With a sign, for differences. */
    public static String change(long difference) {
        return String.format(Locale.ROOT, "%+,d", difference);
    }

    /** With two digits behind the point; infinity is a sign. */
    public static String decimal(double number) {
        return Double.isInfinite(number) ? (number > 0 ? "∞" : "−∞") : String.format(Locale.ROOT, "%.2f", number);
    }

    /** A share of one in percent. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A value on an axis: short, with as many digits as it needs, at most four. */
    public static String tick(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 1e6 || size < 1e-3) {
            return String.format(Locale.ROOT, "%.0e", value).replace("e+0", "e").replace("e-0", "e-");
        }
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    /** A coordinate in a drawing: a tenth is finer than a screen. */
    static String coordinate(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
