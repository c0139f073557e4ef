package qcc.gap8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the vector instructions of XpulpV2 compute, stated with a number for every lane. */
final class VectorDefinition {
    /** A lane of the result from lanes of s and t. */
    private interface Lane {
        long of(long s, long t, int bits);
    }

    private static final Map<String, Lane> SIGNED = new HashMap<>();
    private static final Map<String, Lane> UNSIGNED = new HashMap<>();

    static {
        SIGNED.put("add", (s, t, bits) -> s + t);
        SIGNED.put("sub", (s, t, bits) -> s - t);
        SIGNED.put("avg", (s, t, bits) -> Math.floorDiv(XpulpDefinition.wrap(s + t, bits), 2));
        UNSIGNED.put("avgu", (s, t, bits) -> Math.floorMod(s + t, XpulpDefinition.power(bits)) / 2);
        SIGNED.put("min", (s, t, bits) -> s < t ? s : t);
        UNSIGNED.put("minu", (s, t, bits) -> s < t ? s : t);
        SIGNED.put("max", (s, t, bits) -> s < t ? t : s);
        UNSIGNED.put("maxu", (s, t, bits) -> s < t ? t : s);
        UNSIGNED.put("srl", (s, t, bits) -> s / XpulpDefinition.power(t % bits));
        UNSIGNED.put("sll", (s, t, bits) -> s * XpulpDefinition.power(t % bits));
        UNSIGNED.put("sra", (s, t, bits) ->
                Math.floorDiv(XpulpDefinition.wrap(s, bits), XpulpDefinition.power(t % bits)));
        UNSIGNED.put("or", (s, t, bits) -> bitwise(s, t, bits, 1, 2));
        UNSIGNED.put("xor", (s, t, bits) -> bitwise(s, t, bits, 1, 1));
        UNSIGNED.put("and", (s, t, bits) -> bitwise(s, t, bits, 2, 2));
        SIGNED.put("abs", (s, t, bits) -> s < 0 ? -s : s);
        SIGNED.put("cmpeq", (s, t, bits) -> s == t ? -1 : 0);
        SIGNED.put("cmpne", (s, t, bits) -> s == t ? 0 : -1);
        SIGNED.put("cmpgt", (s, t, bits) -> s > t ? -1 : 0);
        SIGNED.put("cmpge", (s, t, bits) -> s >= t ? -1 : 0);
        SIGNED.put("cmplt", (s, t, bits) -> s < t ? -1 : 0);
        SIGNED.put("cmple", (s, t, bits) -> s <= t ? -1 : 0);
        UNSIGNED.put("cmpgtu", (s, t, bits) -> s > t ? -1 : 0);
        UNSIGNED.put("cmpgeu", (s, t, bits) -> s >= t ? -1 : 0);
        UNSIGNED.put("cmpltu", (s, t, bits) -> s < t ? -1 : 0);
        UNSIGNED.put("cmpleu", (s, t, bits) -> s <= t ? -1 : 0);
    }

    private VectorDefinition() {
    }

    /** A bit is set where at least {@code least} and at most {@code most} of the operands have it set. */
    private static long bitwise(long s, long t, int bits, int least, int most) {
        long result = 0;
        for (int i = 0; i < bits; i++) {
            int set = (XpulpDefinition.bit(s, i) ? 1 : 0) + (XpulpDefinition.bit(t, i) ? 1 : 0);
            result += set >= least && set <= most ? XpulpDefinition.power(i) : 0;
        }
        return result;
    }

    /**
     * The new d.
     *
     * @param name such as {@code pv.add.sci.b}
     * @param imm6 the immediate of six bits without its sign
     * @throws IllegalArgumentException when this does not know the instruction
     */
    static int of(String name, int s, int t, int d, int imm6) {
        String[] parts = name.split("\\.");
        String base = parts[1];
        int bits = parts[parts.length - 1].equals("b") ? 8 : 16;
        String variant = parts.length == 4 ? parts[2] : "";
        boolean plain = UNSIGNED.containsKey(base) && !base.matches("or|xor|and") || base.matches("s?dotup");
        long[] second = switch (variant) {
            case "sc" -> filled(lanes(t, bits)[0], bits);
            case "sci" -> filled(plain ? imm6 : XpulpDefinition.wrap(imm6, 6), bits);
            default -> lanes(t, bits);
        };
        long[] first = lanes(s, bits);
        if (SIGNED.containsKey(base) || UNSIGNED.containsKey(base)) {
            long[] result = new long[32 / bits];
            for (int i = 0; i < result.length; i++) {
                result[i] = SIGNED.containsKey(base) ? SIGNED.get(base).of(first[i], second[i], bits)
                        : UNSIGNED.get(base).of(positive(first[i], bits), positive(second[i], bits), bits);
            }
            return word(result, bits);
        }
        if (base.contains("dot")) {
            return (int) ((base.startsWith("s") ? d : 0) + dot(base, first, second, bits));
        }
        return word(arranged(name, first, second, lanes(d, bits), bits, imm6), bits);
    }

    private static long dot(String base, long[] first, long[] second, int bits) {
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += (base.endsWith("dotsp") ? first[i] : positive(first[i], bits))
                    * (base.endsWith("dotup") ? positive(second[i], bits) : second[i]);
        }
        return sum;
    }

    /** Instructions that put lanes elsewhere. */
    private static long[] arranged(String name, long[] s, long[] t, long[] d, int bits, int imm6) {
        switch (name) {
            case "pv.extract.h", "pv.extract.b":
                return extended(s[imm6], bits);
            case "pv.extractu.h", "pv.extractu.b":
                return extended(positive(s[imm6], bits), bits);
            case "pv.insert.h", "pv.insert.b":
                d[imm6] = s[0];
                return d;
            case "pv.shuffle.h":
                return new long[] {s[(int) (t[0] & 1)], s[(int) (t[1] & 1)]};
            case "pv.shuffle.sci.h":
                return new long[] {s[imm6 % 2], s[imm6 / 2 % 2]};
            case "pv.shuffle.b":
                return Arrays.stream(t).map(choice -> s[Math.floorMod(choice, 4)]).toArray();
            case "pv.shufflei0.sci.b", "pv.shufflei1.sci.b", "pv.shufflei2.sci.b", "pv.shufflei3.sci.b":
                return new long[] {s[imm6 % 4], s[imm6 / 4 % 4], s[imm6 / 16], s[name.charAt(11) - '0']};
            case "pv.shuffle2.h", "pv.shuffle2.b":
                int lanes = s.length;
                return Arrays.stream(t).map(choice -> Math.floorMod(choice, 2 * lanes))
                        .map(choice -> choice >= lanes ? s[(int) choice - lanes] : d[(int) choice]).toArray();
            case "pv.pack.h", "pv.pack.l.h":
                return new long[] {t[0], s[0]};
            case "pv.packhi.b":
                return new long[] {d[0], d[1], t[0], s[0]};
            case "pv.packlo.b":
                return new long[] {t[0], s[0], d[2], d[3]};
            default:
                throw new IllegalArgumentException("no definition of " + name);
        }
    }

    /** The lanes of a word that holds a number. */
    private static long[] extended(long value, int bits) {
        return lanes((int) value, bits);
    }

    private static long[] filled(long value, int bits) {
        long[] lanes = new long[32 / bits];
        Arrays.fill(lanes, XpulpDefinition.wrap(value, bits));
        return lanes;
    }

    /** With their signs, the lowest first. */
    private static long[] lanes(int word, int bits) {
        long[] lanes = new long[32 / bits];
        long rest = word;
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = XpulpDefinition.wrap(rest, bits);
            rest = Math.floorDiv(rest, XpulpDefinition.power(bits));
        }
        return lanes;
    }

    private static long positive(long lane, int bits) {
        return Math.floorMod(lane, XpulpDefinition.power(bits));
    }

    private static int word(long[] lanes, int bits) {
        long word = 0;
        for (int i = lanes.length - 1; i >= 0; i--) {
            word = word * XpulpDefinition.power(bits) + positive(lanes[i], bits);
        }
        return (int) word;
    }
}
