package qcc.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Interval;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.ops.ParameterSpec;
import qcc.ops.attributes.AttributeException;
import qcc.ops.attributes.Literal;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Small TYPED graphs in which many channels are constant or never read. The same seed gives the same graph. */
final class RandomNetwork {
    private static final Span NOWHERE = Span.wholeFile("random");

    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;

    private RandomNetwork(long seed) {
        this.random = new Random(seed);
    }

    static Graph of(long seed) {
        return new RandomNetwork(seed).build("random_" + seed);
    }

    private Graph build(String name) {
        Value image = Value.real(nextId++, "image", Shape.of(4 + pick(4), 4 + pick(4), 1 + pick(4)));
        Value x = image;
        int layers = 4 + pick(6);
        for (int i = 0; i < layers; i++) {
            x = step(x);
        }
        List<Output> outputs = new ArrayList<>();
        if (pick(4) == 0) {
            outputs.add(new Output("early", x, NOWHERE));
        }
        Value y = pick(2) == 0 ? add("flatten", "", x) : add("global_avg_pool", "", x);
        y = activation(add("dense", "units = " + (3 + pick(5)), y));
        outputs.add(new Output("y", add("softmax", "", add("dense", "units = 4", y)), NOWHERE));
        Input input = new Input(image, Optional.of(new Interval(-2, 2)), NOWHERE);
        return new Graph(name, Stage.TYPED, List.of(input), nodes, outputs);
    }

    private Value step(Value x) {
        int c = x.shape().last();
        return switch (pick(11)) {
            case 0 -> activation(add("depthwise_conv2d", window(x) + ", multiplier = " + (1 + pick(2)), x));
            case 1 -> add("max_pool", window(x), x);
            case 2 -> add("avg_pool", window(x), x);
            case 3 -> add(pick(2) == 0 ? "tanh" : "sigmoid", "", add("leaky_relu", "", x));
            case 4 -> activation(add("conv2d", "filters = " + (3 + pick(5)) + ", kernel = 2",
                    add("pad", "padding = [" + pick(3) + ", 1, 1, " + pick(3) + "]", x)));
            case 5 -> activation(add(pick(2) == 0 ? "add" : "sub", "", x, pointwise(x, c)));
            case 6 -> add("mul", "", x, pointwise(x, c));
            case 7 -> add("concat", pick(2) == 0 ? "axis = 0" : "", x, pointwise(x, c));
            case 8 -> add("concat", "", x, pointwise(x, 1 + pick(4)));
            case 9 -> x.shape().dim(0) > 6 ? x : add("upsample", "factor = [2, 1]", x);
            default -> activation(add("conv2d", window(x) + ", filters = " + (3 + pick(6)), x));
        };
    }

    private Value pointwise(Value x, int filters) {
        return activation(add("conv2d", "filters = " + filters + ", kernel = 1", x));
    }

    private String window(Value x) {
        int kernel = 1 + pick(Math.min(3, Math.min(x.shape().dim(0), x.shape().dim(1))));
        String padding = pick(2) == 0 ? "same" : "valid";
        return "kernel = " + kernel + ", stride = " + (1 + pick(2)) + ", padding = " + padding;
    }

    private Value activation(Value x) {
        return switch (pick(4)) {
            case 0 -> x;
            case 1 -> add("relu6", "", x);
            case 2 -> add("clip", "min = 0.25, max = 1.5", x);
            default -> add("relu", "", x);
        };
    }

    private Value add(String operator, String arguments, Value... inputs) {
        Map<String, Literal> given = new HashMap<>();
        for (String argument : arguments.isEmpty() ? new String[0] : arguments.split(", (?=[a-z])")) {
            String[] parts = argument.split(" = ");
            given.put(parts[0], Literal.parse(parts[1]));
        }
        try {
            return add(Operators.find(operator).orElseThrow(), given, List.of(inputs));
        } catch (AttributeException e) {
            throw new IllegalArgumentException(operator + ": " + e.getMessage(), e);
        }
    }

    private <A extends Record> Value add(Operator<A> operator, Map<String, Literal> given, List<Value> inputs)
            throws AttributeException {
        A attributes = operator.schema().read(given);
        List<Shape> shapes = inputs.stream().map(Value::shape).toList();
        Shape shape = operator.infer(attributes, shapes);
        Map<String, FloatTensor> parameters = new HashMap<>();
        List<ParameterSpec> specs = operator.parameters(attributes, shapes);
        specs.forEach(spec -> parameters.put(spec.name(), parameter(spec, specs.get(specs.size() - 1).shape().size())));
        Layer<A> layer = new Layer<>(operator, attributes, parameters, Interval.ALL, LayerOptions.NONE);
        Value value = Value.real(nextId, operator.name() + nextId++, shape);
        nodes.add(new Node(value.name(), layer, inputs, value, NOWHERE));
        return value;
    }

    /** Weights with output channels, and input channels, of zeros; the output channel runs fastest. */
    private FloatTensor parameter(ParameterSpec spec, int channels) {
        FloatTensor tensor = FloatTensor.zeros(spec.shape());
        int depth = spec.role() == ParameterSpec.Role.WEIGHT ? spec.shape().size() / channels : 1;
        int dead = random.nextInt();
        int unread = random.nextInt();
        for (int i = 0; i < tensor.size(); i++) {
            boolean isZero = depth > 1 && ((dead >> i % channels % 32 & 1) == 1 || (unread >> i / channels % 4 & 3) == 3);
            tensor.set(i, isZero ? 0 : random.nextGaussian() / Math.sqrt(depth));
        }
        return tensor;
    }

    private int pick(int count) {
        return random.nextInt(count);
    }
}
