package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import qcc.ops.Operator;
import qcc.ops.attributes.AttributeSchema;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/**
 * Random arguments, by the argument's name, which means the same thing in every operator but those that have a row of
 * their own. They are plausible, not always valid: the operator itself decides that.
 */
final class ArgumentRules {
    /** What kernels treat differently: blocks of four, of eight, and one more or less. */
    private static final int[] CHANNELS = {1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 31, 32, 33, 63, 64, 65};

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("filters", context -> Literal.integer(context.channels())),
            Map.entry("units", context -> Literal.integer(context.channels())),
            Map.entry("kernel", context -> context.extent(1, 5)),
            Map.entry("stride", context -> context.extent(1, 3)),
            Map.entry("dilation", context -> context.extent(1, 3)),
            Map.entry("padding", Context::padding),
            Map.entry("groups", Context::groups),
            Map.entry("multiplier", context -> Literal.integer(context.between(1, 4))),
            Map.entry("bias", context -> new Literal.Word(String.valueOf(context.random().nextBoolean()))),
            Map.entry("epsilon", context -> context.oneOf(0.001, 0.1, 1e-5)),
            Map.entry("min", context -> context.oneOf(-2, -1, -0.5, 0, 0.25)),
            Map.entry("max", context -> context.oneOf(0.25, 0.5, 1, 3, 100)),
            Map.entry("alpha", context -> context.oneOf(0.1, 0.25, 0, 1, 1.5, -0.5)),
            Map.entry("axis", context -> Literal.integer(context.between(-context.input().rank(),
                    context.input().rank() - 1))),
            Map.entry("factor", context -> context.extent(1, 3)),
            Map.entry("shape", Context::shape),
            Map.entry("constant.shape", Context::ownShape),
            Map.entry("permutation", Context::permutation),
            Map.entry("begin", context -> context.perAxis(extent -> 0, extent -> (extent - 1) / 2)),
            Map.entry("end", context -> context.perAxis(extent -> (extent + 1) / 2, extent -> extent)),
            Map.entry("slice.stride", context -> context.perAxis(extent -> 1, extent -> 3)));

    private ArgumentRules() {
    }

    /** Gives an argument. */
    @FunctionalInterface
    private interface Rule {
        Literal draw(Context context);
    }

    /**
     * Arguments for an operator.
     *
     * @param input the shape of its first input
     */
    static List<Argument> draw(Operator<?> operator, Shape input, Random random) {
        Context context = new Context(random, input, new ArrayList<>());
        for (AttributeSchema.Field field : operator.schema().fields()) {
            Rule rule = RULES.getOrDefault(operator.name() + "." + field.name(), RULES.get(field.name()));
            if (rule == null) {
                throw new IllegalStateException("no rule for argument `" + field.name() + "` of " + operator
                        + ": add a row to ArgumentRules");
            }
            if (field.required() || random.nextBoolean()) {
                context.drawn().add(new Argument(field.name(), rule.draw(context)));
            }
        }
        return context.drawn();
    }

    /** Overrides of the quantisation, for one layer in six. */
    static List<Argument> options(Random random) {
        if (random.nextInt(6) != 0) {
            return List.of();
        }
        return switch (random.nextInt(4)) {
            case 0 -> List.of(new Argument("bits", Literal.integer(2 + random.nextInt(7))));
            case 1 -> List.of(new Argument("scales",
                    new Literal.Word(List.of("dyadic", "power_of_two", "shift").get(random.nextInt(3)))));
            case 2 -> List.of(new Argument("activations", new Literal.Word("int16")));
            default -> List.of(new Argument("rounding", new Literal.Word("half_up")));
        };
    }

    /** A number of channels. */
    static int channels(Random random) {
        return random.nextInt(3) == 0 ? CHANNELS[random.nextInt(CHANNELS.length)] : 1 + random.nextInt(9);
    }

    /** What a rule may look at. */
    private record Context(Random random, Shape input, List<Argument> drawn) {

        int between(int low, int high) {
            return low + random.nextInt(high - low + 1);
        }

        int channels() {
            return ArgumentRules.channels(random);
        }

        Literal oneOf(double... values) {
            return new Literal.Number(values[random.nextInt(values.length)], false);
        }

        /** Small numbers are more likely; one in three is different in both directions. */
        Literal extent(int low, int high) {
            int height = between(low, between(low, high));
            return random.nextInt(3) > 0 ? Literal.integer(height)
                    : new Literal.Sequence(List.of(Literal.integer(height), Literal.integer(between(low, high))));
        }

        /** One integer for each axis, between two functions of its extent. */
        Literal perAxis(IntUnaryOperator low, IntUnaryOperator high) {
            return new Literal.Sequence(input.dims().stream().<Literal>map(extent ->
                    Literal.integer(between(low.applyAsInt(extent), high.applyAsInt(extent)))).toList());
        }

        Literal permutation() {
            List<Literal> axes = new ArrayList<>();
            IntStream.range(0, input.rank()).forEach(axis -> axes.add(Literal.integer(axis)));
            Collections.shuffle(axes, random);
            return new Literal.Sequence(axes);
        }

        Literal padding() {
            int kind = random.nextInt(3);
            return kind == 0 ? new Literal.Word("valid") : kind == 1 ? new Literal.Word("same")
                    : new Literal.Sequence(IntStream.range(0, 4).<Literal>mapToObj(i ->
                            Literal.integer(between(0, between(0, 3)))).toList());
        }

        Literal groups() {
            int filters = value("filters").map(n -> (int) n.value()).orElse(1);
            List<Integer> divisors = IntStream.rangeClosed(1, Math.max(1, filters))
                    .filter(g -> filters % g == 0 && input.last() % g == 0).boxed().toList();
            return Literal.integer(divisors.get(random.nextInt(divisors.size())));
        }

        private Optional<Literal.Number> value(String name) {
            return drawn.stream().filter(a -> a.name().equals(name)).map(a -> (Literal.Number) a.value()).findFirst();
        }

        /** That of the input, or one value for each channel. */
        Literal ownShape() {
            return new Literal.Sequence(input.dims().subList(random.nextInt(3) == 0 ? input.rank() - 1 : 0,
                    input.rank()).stream().<Literal>map(Literal::integer).toList());
        }

        /** Factors of the size, in up to four extents, of which one may be left open. */
        Literal shape() {
            List<Literal> extents = new ArrayList<>();
            int rest = input.size();
            for (int i = between(0, 3); i > 0; i--) {
                int size = rest;
                List<Integer> divisors = IntStream.rangeClosed(1, rest).filter(d -> size % d == 0).boxed().toList();
                int extent = divisors.get(random.nextInt(divisors.size()));
                extents.add(Literal.integer(extent));
                rest /= extent;
            }
            extents.add(Literal.integer(random.nextBoolean() ? rest : -1));
            return new Literal.Sequence(extents);
        }
    }
}
