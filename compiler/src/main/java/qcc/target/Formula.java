package qcc.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An integer expression over the literals of a kernel, in the syntax and precedence of C: numbers, names,
 * {@code + - * / %}, comparisons, {@code && ||} and parentheses. Truth is 1, falsehood 0. Beyond C there are
 * {@code min(a, b)}, {@code max(a, b)} and {@code up(a, b)}, the quotient a / b of natural numbers rounded up. A name may
 * stand for another formula, which then has the same names.
 */
public final class Formula {
    private static final Pattern TOKEN = Pattern.compile("\\s*(\\d+|[a-z][a-z0-9_]*|&&|\\|\\||[=!<>]=|[-+*/%<>(),])");

    private record Infix(int precedence, LongBinaryOperator function) {
    }

    private static final Map<String, Infix> INFIX = Map.ofEntries(
            Map.entry("||", new Infix(1, (a, b) -> a != 0 || b != 0 ? 1 : 0)),
            Map.entry("&&", new Infix(2, (a, b) -> a != 0 && b != 0 ? 1 : 0)),
            Map.entry("==", new Infix(3, (a, b) -> a == b ? 1 : 0)),
            Map.entry("!=", new Infix(3, (a, b) -> a != b ? 1 : 0)),
            Map.entry("<", new Infix(4, (a, b) -> a < b ? 1 : 0)),
            Map.entry("<=", new Infix(4, (a, b) -> a <= b ? 1 : 0)),
            Map.entry(">", new Infix(4, (a, b) -> a > b ? 1 : 0)),
            Map.entry(">=", new Infix(4, (a, b) -> a >= b ? 1 : 0)),
            Map.entry("+", new Infix(5, Math::addExact)),
            Map.entry("-", new Infix(5, Math::subtractExact)),
            Map.entry("*", new Infix(6, Math::multiplyExact)),
            Map.entry("/", new Infix(6, (a, b) -> a / b)),
            Map.entry("%", new Infix(6, (a, b) -> a % b)));

    private static final Map<String, LongBinaryOperator> FUNCTIONS = Map.of("min", Math::min, "max", Math::max,
            "up", (a, b) -> Math.floorDiv(Math.addExact(a, b - 1), b));

    private final String text;
    private final Map<String, Formula> definitions;
    private final List<String> tokens = new ArrayList<>();

    private Formula(String text, Map<String, Formula> definitions) {
        this.text = text;
        this.definitions = Map.copyOf(definitions);
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (matcher.find() && matcher.start() == at) {
            tokens.add(matcher.group(1));
            at = matcher.end();
        }
        if (!text.substring(at).isBlank()) {
            throw new IllegalArgumentException("`" + text.substring(at).trim() + "` is not understood in `" + text
                    + "`");
        }
    }

    /** Throws {@link IllegalArgumentException} that says what is wrong with the text. */
    public static Formula parse(String text) {
        return parse(text, Map.of());
    }

    /** The same, with names that stand for formulas. */
    public static Formula parse(String text, Map<String, Formula> definitions) {
        Formula formula = new Formula(text, definitions);
        formula.new Reader(null).all();
        return formula;
    }

    /** The value for the given names; an unknown name raises {@link IllegalArgumentException}. */
    public long evaluate(Map<String, Integer> names) {
        return new Reader(names).all();
    }

    /** Of a conjunction, the first part that does not hold for the given names. */
    public Optional<String> unmet(Map<String, Integer> names) {
        return Arrays.stream(text.split("&&")).map(String::strip)
                .filter(part -> Formula.isWhole(part) && Formula.parse(part, definitions).evaluate(names) == 0).findFirst()
                .or(() -> evaluate(names) == 0 ? Optional.of(text) : Optional.empty());
    }

    private static boolean isWhole(String part) {
        return part.chars().filter(c -> c == '(').count() == part.chars().filter(c -> c == ')').count()
                && !part.contains("||");
    }

    @Override
    public String toString() {
        return text;
    }

    /** One reading of the tokens; without names, every name counts as 1 and only the syntax is checked. */
    private final class Reader {
        private final Map<String, Integer> names;
        private int next;

        Reader(Map<String, Integer> names) {
            this.names = names;
        }

        long all() {
            long value = expression(0);
            if (next != tokens.size()) {
                throw new IllegalArgumentException("`" + tokens.get(next) + "` is misplaced in `" + text + "`");
            }
            return value;
        }

        private long expression(int minimum) {
            long value = operand();
            while (next < tokens.size() && INFIX.containsKey(tokens.get(next))
                    && INFIX.get(tokens.get(next)).precedence() > minimum) {
                Infix infix = INFIX.get(tokens.get(next++));
                long right = expression(infix.precedence());
                value = names == null ? 1 : infix.function().applyAsLong(value, right);
            }
            return value;
        }

        private long operand() {
            if (next == tokens.size()) {
                throw new IllegalArgumentException("`" + text + "` ends too early");
            }
            String token = tokens.get(next++);
            if (Character.isDigit(token.charAt(0))) {
                return Long.parseLong(token);
            }
            if (FUNCTIONS.containsKey(token)) {
                require("(");
                long first = expression(0);
                require(",");
                long second = expression(0);
                require(")");
                return names == null ? 1 : FUNCTIONS.get(token).applyAsLong(first, second);
            }
            if (Character.isLetter(token.charAt(0))) {
                if (names != null && definitions.containsKey(token)) {
                    return definitions.get(token).evaluate(names);
                }
                if (names != null && !names.containsKey(token)) {
                    throw new IllegalArgumentException("`" + text + "` uses the unknown name `" + token + "`");
                }
                return names == null ? 1 : names.get(token);
            }
            if (token.equals("-")) {
                return -operand();
            }
            if (token.equals("(")) {
                long value = expression(0);
                require(")");
                return value;
            }
            throw new IllegalArgumentException("`" + token + "` is misplaced in `" + text + "`");
        }

        private void require(String token) {
            if (next == tokens.size() || !tokens.get(next++).equals(token)) {
                throw new IllegalArgumentException("`" + text + "` lacks a `" + token + "`");
            }
        }
    }
}
