package qcc.gap8;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * What the scalar instructions of XpulpV2 compute, stated with whole numbers instead of bit operations: division for
 * shifts, remainders for masks. {@link VectorDefinition} has the vectors.
 */
final class XpulpDefinition {
    /** s, t and d with their signs; n the number in bits 29..25, p that in 24..20. Only 32 bits of the result count. */
    interface Scalar {
        long of(long s, long t, long d, int n, int p);
    }

    private static final Map<String, Scalar> ALL = new HashMap<>();

    private XpulpDefinition() {
    }

    static Scalar of(String name) {
        return ALL.get(name);
    }

    static {
        ALL.put("p.abs", (s, t, d, n, p) -> s < 0 ? -s : s);
        ALL.put("p.slet", (s, t, d, n, p) -> s <= t ? 1 : 0);
        ALL.put("p.sletu", (s, t, d, n, p) -> unsigned(s) <= unsigned(t) ? 1 : 0);
        ALL.put("p.min", (s, t, d, n, p) -> s < t ? s : t);
        ALL.put("p.minu", (s, t, d, n, p) -> Math.min(unsigned(s), unsigned(t)));
        ALL.put("p.max", (s, t, d, n, p) -> s < t ? t : s);
        ALL.put("p.maxu", (s, t, d, n, p) -> Math.max(unsigned(s), unsigned(t)));
        ALL.put("p.ror", (s, t, d, n, p) -> {
            long turns = Math.floorMod(t, 32);
            return unsigned(s) / power(turns) + unsigned(s) % power(turns) * power(32 - turns);
        });
        ALL.put("p.ff1", (s, t, d, n, p) -> first(i -> bit(s, i), 0, 1));
        ALL.put("p.fl1", (s, t, d, n, p) -> first(i -> bit(s, i), 31, -1));
        ALL.put("p.clb", (s, t, d, n, p) -> {
            int differs = first(i -> bit(s, i) != bit(s, 31), 31, -1);
            return s == 0 ? 0 : differs == 32 ? 31 : 30 - differs;
        });
        ALL.put("p.cnt", (s, t, d, n, p) -> {
            int count = 0;
            for (int i = 0; i < 32; i++) {
                count += bit(s, i) ? 1 : 0;
            }
            return count;
        });
        ALL.put("p.exths", (s, t, d, n, p) -> wrap(s, 16));
        ALL.put("p.exthz", (s, t, d, n, p) -> Math.floorMod(s, power(16)));
        ALL.put("p.extbs", (s, t, d, n, p) -> wrap(s, 8));
        ALL.put("p.extbz", (s, t, d, n, p) -> Math.floorMod(s, power(8)));
        both("p.clip", "i", (s, t, d, n, p) -> clip(s, p == 0 ? -1 : -power(p - 1), p == 0 ? 0 : power(p - 1) - 1));
        both("p.clipu", "i", (s, t, d, n, p) -> clip(s, 0, p == 0 ? 0 : power(p - 1) - 1));
        ALL.put("p.clipr", (s, t, d, n, p) -> clip(s, -t - 1, t));
        ALL.put("p.clipur", (s, t, d, n, p) -> clip(s, 0, t));
        fields();
        products();
        sums();
    }

    private static void fields() {
        field("p.extract", (s, t, d, n, p) -> wrap(Math.floorDiv(s, power(p)), n + 1));
        field("p.extractu", (s, t, d, n, p) -> Math.floorMod(Math.floorDiv(s, power(p)), power(n + 1)));
        field("p.insert", (s, t, d, n, p) -> unsigned(d) - d(d, n, p) + Math.floorMod(s, power(n + 1)) * power(p));
        field("p.bset", (s, t, d, n, p) -> unsigned(s) - d(s, n, p) + (power(n + 1) - 1) * power(p));
        field("p.bclr", (s, t, d, n, p) -> unsigned(s) - d(s, n, p));
    }

    /** The field of a word, in its place. */
    private static long d(long word, int n, int p) {
        return unsigned(word) / power(p) % power(n + 1) * power(p);
    }

    private static void products() {
        ALL.put("p.mac", (s, t, d, n, p) -> d + s * t);
        ALL.put("p.msu", (s, t, d, n, p) -> d - s * t);
        // s and u: with and without signs; hh: of the upper halves; r: rounded; n: shifted.
        for (String sign : new String[] {"s", "u"}) {
            for (String half : new String[] {"", "hh"}) {
                for (String round : new String[] {"", "r"}) {
                    Scalar product = (s, t, d, n, p) -> scaled(half(s, half, sign) * half(t, half, sign), n, sign,
                            round);
                    Scalar sum = (s, t, d, n, p) -> scaled(d + half(s, half, sign) * half(t, half, sign), n, sign,
                            round);
                    ALL.put("p.mul" + half + sign + round + "n", product);
                    ALL.put("p.mac" + half + sign + round + "n", sum);
                    if (round.isEmpty()) {
                        ALL.put("p.mul" + half + sign, (s, t, d, n, p) -> product.of(s, t, d, 0, 0));
                        ALL.put("p.mac" + half + sign, (s, t, d, n, p) -> sum.of(s, t, d, 0, 0));
                    }
                }
            }
        }
    }

    private static void sums() {
        for (String sign : new String[] {"", "u"}) {
            for (String round : new String[] {"", "r"}) {
                both("p.add" + sign + round + "n", "i", (s, t, d, n, p) -> scaled(s + t, n, sign, round));
                both("p.sub" + sign + round + "n", "i", (s, t, d, n, p) -> scaled(s - t, n, sign, round));
                ALL.put("p.add" + sign + round + "nr",
                        (s, t, d, n, p) -> scaled(d + s, Math.floorMod(t, 32), sign, round));
                ALL.put("p.sub" + sign + round + "nr",
                        (s, t, d, n, p) -> scaled(d - s, Math.floorMod(t, 32), sign, round));
            }
        }
    }

    /** The instruction, its second name, and its form with width - 1 and position in a register. */
    private static void field(String name, Scalar scalar) {
        both(name, "i", scalar);
        ALL.put(name + "r", (s, t, d, n, p) ->
                scalar.of(s, t, d, Math.floorMod(t, 1024) / 32, Math.floorMod(t, 32)));
    }

    private static void both(String name, String suffix, Scalar scalar) {
        ALL.put(name, scalar);
        ALL.put(name + suffix, scalar);
    }

    private static long half(long word, String half, String sign) {
        long chosen = half.isEmpty() ? word : Math.floorDiv(word, power(16));
        return sign.equals("s") ? wrap(chosen, 16) : Math.floorMod(chosen, power(16));
    }

    /** Divided by a power of two, rounded down or half up; the rounding may overflow like any other sum. */
    private static long scaled(long value, int n, String sign, String round) {
        long rounded = value + (round.isEmpty() || n == 0 ? 0 : power(n - 1));
        return Math.floorDiv(sign.equals("u") ? unsigned(rounded) : wrap(rounded, 32), power(n));
    }

    private static long clip(long value, long low, long high) {
        return value <= low ? low : value >= high ? high : value;
    }

    /** The first bit, from one on in a direction, of which this holds; 32 if there is none. */
    private static int first(IntPredicate holds, int from, int direction) {
        for (int i = from; i >= 0 && i < 32; i += direction) {
            if (holds.test(i)) {
                return i;
            }
        }
        return 32;
    }

    static boolean bit(long word, int index) {
        return unsigned(word) / power(index) % 2 == 1;
    }

    static long power(long exponent) {
        return Math.round(Math.pow(2, exponent));
    }

    static long unsigned(long word) {
        return Math.floorMod(word, power(32));
    }

    /** The number of that many bits, with a sign, that differs by a multiple of 2^bits. */
    static long wrap(long value, int bits) {
        return Math.floorMod(value + power(bits - 1), power(bits)) - power(bits - 1);
    }
}
