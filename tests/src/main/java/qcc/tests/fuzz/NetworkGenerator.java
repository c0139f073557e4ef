package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import qcc.ir.Interval;
import qcc.model.Goal;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.tensor.Shape;

/** A random small network for every seed. Whether a layer fits is asked of the operators themselves. */
final class NetworkGenerator {
    private static final List<String> METHODS = List.of("none", "equalise", "correct_bias", "default",
            "equalise correct_bias(analytic)", "adaround(passes = 3)",
            "equalise adaround(passes = 3) correct_bias");
    private static final List<String> SCALES = List.of("dyadic", "power_of_two", "power_of_two", "shift",
            "auto(loss = 1)");
    private static final List<String> INTEGERS = List.of("", "", " full", " restricted");
    private static final int MAX_BINDINGS = 6;
    private static final int MAX_STAGES = 3;
    private static final int MAX_ELEMENTS = 2500;
    /** Multiplications of one tensor; keeps the reference interpreter fast. */
    private static final int MAX_WORK = 120_000;
    private static final int TRIES = 60;
    private static final int ARGUMENT_TRIES = 12;
    /** Windows have the most arguments, and kernels of their own on some cores. */
    private static final int WINDOW_WEIGHT = 3;
    /** One network in so many has a constant. */
    private static final int WITH_CONSTANT = 6;

    private static final String UNNAMED = "?";
    /** Layers may be called what means something in C or in the generated code. */
    private static final List<String> HOSTILE_NAMES = List.of("int", "main", "arena", "qcc_conv2d", "uint8_t",
            "INT8_MIN", "run", "hashes", "static", "INT", "_x", "fuzz", "fuzz_run", "layers", "inputs", "__", "NULL");

    private final Random random;
    private final long seed;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<Operator<?>> unary = new ArrayList<>();
    private final List<Operator<?>> joining = new ArrayList<>();
    private final List<Operator<?>> constant = new ArrayList<>();

    private NetworkGenerator(long seed) {
        // Neighbouring seeds of java.util.Random begin alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.seed = seed;
        for (Operator<?> operator : Operators.all()) {
            List<Operator<?>> list = switch (operator.arity().max()) {
                case 0 -> constant;
                case 1 -> unary;
                default -> joining;
            };
            int weight = operator.schema().names().contains("kernel") ? WINDOW_WEIGHT : 1;
            for (int i = 0; i < weight; i++) {
                list.add(operator);
            }
        }
    }

    /** The network of a seed, always the same. */
    static Network network(long seed) {
        return new NetworkGenerator(seed).run();
    }

    private Network run() {
        List<Network.Input> inputs = new ArrayList<>();
        for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1; i > 0; i--) {
            Network.Input input = new Network.Input("x" + inputs.size(), inputShape(), range());
            inputs.add(input);
            shapes.put(input.name(), input.shape());
        }
        List<Binding> bindings = new ArrayList<>();
        if (Math.floorMod(seed, WITH_CONSTANT) == 0) {
            bindings.add(constant(inputs.get(0).shape()));
            shapes.put(bindings.get(0).name(), bindings.get(0).apply(shapes).shape());
        }
        for (int i = 1 + random.nextInt(MAX_BINDINGS); i > 0; i--) {
            String name = "t" + bindings.size();
            Optional<Binding> drawn = draw(TRIES, () -> binding(name));
            drawn.ifPresent(binding -> {
                bindings.add(binding);
                shapes.put(name, binding.apply(shapes).shape());
            });
        }
        if (bindings.stream().allMatch(binding -> binding.operands().isEmpty())) {
            bindings.add(chain("t0", "x0", 0));
        }
        return new Network(inputs, named(bindings), outputs(bindings), settings(), seed);
    }

    /** The last tensor, half of those that nobody reads, and one in eight of the others. */
    private List<String> outputs(List<Binding> bindings) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < bindings.size(); i++) {
            String name = bindings.get(i).name();
            boolean read = bindings.stream().anyMatch(b -> b.operands().contains(name));
            if (i == bindings.size() - 1 || random.nextInt(read ? 8 : 2) == 0) {
                outputs.add(name);
            }
        }
        return outputs;
    }

    private Shape inputShape() {
        int channels = ArgumentRules.channels(random);
        return switch (random.nextInt(8)) {
            case 0 -> Shape.of(1 + random.nextInt(130));
            case 1 -> Shape.of(1 + random.nextInt(12), channels);
            case 2 -> Shape.of(1 + random.nextInt(3), 1 + random.nextInt(5), 1 + random.nextInt(5), 1 + channels % 9);
            default -> Shape.of(1 + random.nextInt(12), 1 + random.nextInt(12), 1 + channels % 33);
        };
    }

    /** None, symmetric, beginning or ending at zero, away from zero; from tiny to huge. */
    private Optional<Interval> range() {
        double size = Math.scalb(1 + random.nextInt(16), random.nextInt(4) == 0 ? random.nextInt(30) - 18 : -2);
        return switch (random.nextInt(6)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(new Interval(0, size));
            case 2 -> Optional.of(new Interval(-size, 0));
            case 3 -> Optional.of(new Interval(size, 3 * size));
            case 4 -> Optional.of(new Interval(-size / 4, size));
            default -> Optional.of(new Interval(-size, size));
        };
    }

    private List<String> settings() {
        List<String> lines = new ArrayList<>();
        String scales = SCALES.get(random.nextInt(SCALES.size()));
        lines.add("scales " + scales);
        lines.add("optimise " + Goal.values()[Math.floorMod(seed, Goal.values().length)]);
        if (random.nextInt(2) == 0) {
            int bits = random.nextBoolean() ? 8 : 2 + random.nextInt(7);
            lines.add("weights int" + bits + (random.nextBoolean() ? " per channel" : " per tensor")
                    + INTEGERS.get(random.nextInt(INTEGERS.size())) + (random.nextInt(4) == 0 ? " using min_max" : ""));
        }
        if (random.nextInt(4) == 0) {
            lines.add("activations int8 per tensor symmetric");
        } else if (random.nextInt(6) == 0) {
            lines.add("activations int16 per tensor");
        }
        // Only shifts can floor.
        if (scales.equals("power_of_two") && random.nextInt(6) == 0) {
            lines.add("rounding floor");
        }
        String[] methods = {"mse", "min_max", "percentile(99.5)", "percentile(95)", "kl", "cross_entropy"};
        lines.add("calibrate random(" + seed + ", 8) using " + methods[random.nextInt(methods.length)]);
        lines.add("methods " + METHODS.get(random.nextInt(METHODS.size())));
        return lines;
    }

    private Binding binding(String name) {
        if (random.nextInt(30) == 0) {
            return new Binding(name, List.of(source()), List.of(), 0);
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> join(name);
            case 2, 3 -> branch(name);
            case 4 -> chain(name, source(), 1 + random.nextInt(3));
            default -> chain(name, source(), 0);
        };
    }

    /** A constant that fits an input; whatever is drawn may read it. */
    private Binding constant(Shape shape) {
        Operator<?> operator = constant.get(random.nextInt(constant.size()));
        return new Binding("k0", List.of(), List.of(new Stage(operator.name(), UNNAMED,
                ArgumentRules.draw(operator, shape, random), List.of(), 1)), 0);
    }

    /** A chain whose result fits its source, so that a join of the two is a skip connection. */
    private Binding branch(String name) {
        Operator<?> operator = joining.get(random.nextInt(joining.size()));
        String source = source();
        Binding chain = chain(name, source, 0);
        new Stage(operator.name(), "", List.of(), List.of(), 1)
                .apply(List.of(shapes.get(source), chain.apply(shapes).shape()));
        return chain;
    }

    /** Mostly the newest tensor. */
    private String source() {
        List<String> names = new ArrayList<>(shapes.keySet());
        return names.get(random.nextInt(4) > 0 ? names.size() - 1 : random.nextInt(names.size()));
    }

    /** A pipe; {@code block} as in {@link Binding}. */
    private Binding chain(String name, String source, int block) {
        List<Stage> stages = new ArrayList<>();
        Shape shape = shapes.get(source);
        for (int i = 1 + random.nextInt(MAX_STAGES); i > 0; i--) {
            Shape before = shape;
            Stage stage = draw(TRIES, () -> stage(unary, List.of(before))).orElseThrow(() -> new Invalid("nothing fits"));
            stages.add(stage);
            shape = stage.apply(List.of(shape)).shape();
        }
        return checked(new Binding(name, List.of(source), stages, block));
    }

    /** Two or more tensors that fit together: an existing one, or a new layer beside a skip connection. */
    private Binding join(String name) {
        String first = source();
        List<String> operands = new ArrayList<>(List.of(first));
        Operator<?> operator = joining.get(random.nextInt(joining.size()));
        List<String> names = new ArrayList<>(shapes.keySet());
        for (int i = operator.arity().max() > 2 && random.nextInt(3) == 0 ? 2 : 1; i > 0; i--) {
            operands.add(names.get(random.nextInt(names.size())));
        }
        Stage stage = stage(List.of(operator), operands.stream().map(shapes::get).toList());
        if (Stage.hasInfix(stage.operator()) && stage.options().isEmpty() && random.nextInt(3) == 0) {
            stage = stage.labelled("");
        }
        List<Stage> stages = new ArrayList<>(List.of(stage));
        Shape joined = stage.apply(operands.stream().map(shapes::get).toList()).shape();
        if (random.nextInt(3) == 0) {
            stages.add(stage(unary, List.of(joined)));
        }
        return checked(new Binding(name, operands, stages, 0));
    }

    private Stage stage(List<Operator<?>> operators, List<Shape> inputs) {
        Operator<?> operator = operators.get(random.nextInt(operators.size()));
        return draw(ARGUMENT_TRIES, () -> stage(operator, inputs)).orElseThrow(() -> new Invalid("nothing fits"));
    }

    private Stage stage(Operator<?> operator, List<Shape> inputs) {
        int times = operator.arity().max() == 1 && random.nextInt(12) == 0 ? 2 : 1;
        Stage stage = new Stage(operator.name(), UNNAMED, ArgumentRules.draw(operator, inputs.get(0), random),
                ArgumentRules.options(random), times);
        requireSmall(stage.apply(inputs));
        return stage;
    }

    /** Gives every layer a name of its own; operators between their operands stay without. */
    private List<Binding> named(List<Binding> bindings) {
        boolean hostile = random.nextInt(8) == 0;
        int[] number = new int[1];
        return bindings.stream().map(binding -> binding.withStages(binding.stages().stream()
                .map(stage -> stage.label().isEmpty() ? stage : stage.labelled(name(number[0]++, hostile))).toList()))
                .toList();
    }

    private static String name(int number, boolean hostile) {
        return hostile && number < HOSTILE_NAMES.size() ? HOSTILE_NAMES.get(number) : "l" + number;
    }

    private Binding checked(Binding binding) {
        requireSmall(binding.apply(shapes));
        return binding;
    }

    private static void requireSmall(Stage.Result result) {
        if (result.shape().size() > MAX_ELEMENTS || result.work() > MAX_WORK) {
            throw new Invalid("too large");
        }
    }

    /** The first draw that is valid. */
    private static <T> Optional<T> draw(int tries, Supplier<T> supplier) {
        for (int i = 0; i < tries; i++) {
            try {
                return Optional.of(supplier.get());
            } catch (Invalid e) {
                continue;
            }
        }
        return Optional.empty();
    }
}
