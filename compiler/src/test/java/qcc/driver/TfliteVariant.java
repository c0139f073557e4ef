package qcc.driver;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.AveragePooling;
import qcc.ops.Conv2d;
import qcc.ops.Dense;
import qcc.ops.DepthwiseConv2d;
import qcc.ops.IntegerOperation;
import qcc.ops.Requantization;
import qcc.ops.Softmax;
import qcc.ops.WeightedAddition;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.tflite.TfliteAddition;
import qcc.ops.tflite.TfliteAveragePool;
import qcc.ops.tflite.TfliteMean;
import qcc.ops.tflite.TfliteSoftmax;

/** An INTEGER graph with the arithmetic of TFLite: the same structure and weights, other roundings and factors. */
final class TfliteVariant {
    private final Random random;
    private final RoundingSteps steps;

    private TfliteVariant(long seed) {
        this.random = new Random(seed);
        this.steps = random.nextBoolean() ? RoundingSteps.DOUBLE : RoundingSteps.SINGLE;
    }

    static Graph of(Graph graph, long seed) {
        TfliteVariant variant = new TfliteVariant(seed);
        return graph.withNodes(graph.nodes().stream().map(variant::node).toList());
    }

    private Node node(Node node) {
        if (node.operation() instanceof Conv2d.Int8 o) {
            return node.withOperation(new Conv2d.Int8(o.geometry(), o.weights(), o.bias(),
                    rule(node, o.bias().size(), o.requantization(), 7)));
        }
        if (node.operation() instanceof DepthwiseConv2d.Int8 o) {
            return node.withOperation(new DepthwiseConv2d.Int8(o.geometry(), o.weights(), o.bias(),
                    rule(node, o.bias().size(), o.requantization(), 7)));
        }
        if (node.operation() instanceof Dense.Int8 o) {
            return node.withOperation(new Dense.Int8(o.geometry(), o.weights(), o.bias(),
                    rule(node, o.bias().size(), o.requantization(), 7)));
        }
        if (node.operation() instanceof WeightedAddition.Int8 o) {
            Requantization bounds = new Requantization(null, o.geometry().lo(), o.geometry().hi());
            return node.withOperation(TfliteAddition.of(o.geometry().n(), o.geometry().period(), operand(node, 0), operand(node, 1),
                    random.nextBoolean() ? 1 : -1, rule(node, 1, bounds, 18)));
        }
        if (node.operation() instanceof Softmax.Int8 o) {
            return node.withOperation(TfliteSoftmax.of(o.geometry().rows(), o.geometry().n(), 0.125f, 1, steps));
        }
        return node.operation() instanceof AveragePooling.Int8 o ? node.withOperation(average(node, o)) : node;
    }

    private IntegerOperation average(Node node, AveragePooling.Int8 pool) {
        AveragePooling.Geometry g = pool.geometry();
        if (pool.shape().rank() == 3) {
            return new TfliteAveragePool(new TfliteAveragePool.Geometry(g.window(), g.channels(),
                    pool.requantization().low(), pool.requantization().high()));
        }
        return TfliteMean.ofMultiplier(g.window().inH() * g.window().inW(), g.channels(), g.inZero(), zero(node.output()),
                significand(), 4, steps, pool.shape());
    }

    private TfliteAddition.Operand operand(Node node, int index) {
        return new TfliteAddition.Operand(zero(node.inputs().get(index)),
                new QuantizedMultiplier(significand(), -random.nextInt(4) - 1));
    }

    /** Factors near 2^-right, so that results spread over the range of int8. */
    private Requantization rule(Node node, int channels, Requantization bounds, int right) {
        List<QuantizedMultiplier> multipliers = IntStream.range(0, channels)
                .mapToObj(c -> new QuantizedMultiplier(significand(), -right - random.nextInt(3))).toList();
        return new Requantization(Requantization.Tflite.of(multipliers, steps, zero(node.output())), bounds.low(), bounds.high());
    }

    private int significand() {
        return (1 << 30) + random.nextInt(1 << 30);
    }

    private static int zero(Value value) {
        return value.quantized().zeroPoint();
    }
}
