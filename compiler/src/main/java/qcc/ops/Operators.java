package qcc.ops;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry: every operator of QDSL, one line each. */
public final class Operators {
    private static final List<Operator<?>> ALL = Stream.<Operator<?>>of(
            new Add(),
            new AvgPool(),
            new BatchNorm(),
            new Clip(),
            new Concat(),
            new Conv2d(),
            new Dense(),
            new DepthwiseConv2d(),
            new FixedTensor(),
            new Flatten(),
            new GlobalAvgPool(),
            new HardSwish(),
            new LeakyRelu(),
            new MaxPool(),
            new Mul(),
            new Pad(),
            new Relu(),
            new Relu6(),
            new Reshape(),
            new Sigmoid(),
            new Slice(),
            new Softmax(),
            new Sub(),
            new Tanh(),
            new Transpose(),
            new Upsample()).sorted(Comparator.comparing(Operator<?>::name)).toList();

    private static final Map<String, Operator<?>> BY_NAME =
            ALL.stream().collect(Collectors.toMap(Operator::name, Function.identity()));

    private Operators() {
    }

    /** All operators, by name. */
    public static List<Operator<?>> all() {
        return ALL;
    }

    public static Optional<Operator<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public static List<String> names() {
        return ALL.stream().map(Operator::name).toList();
    }
}
