package qcc.passes;

import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;
import qcc.ops.BatchNorm;
import qcc.ops.DepthwiseConv2d;
import qcc.ops.Layer;
import qcc.ops.OutputStatistics;
import qcc.ops.Reshape;
import qcc.ops.WeightedOperator;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * Removes batch normalisations: into the weights of the layer before, where that layer has no other reader, else into
 * a depthwise convolution with a 1x1 kernel, which is the same function.
 */
public final class FoldBatchNorm {
    private FoldBatchNorm() {
    }

    public static Graph run(Graph graph) {
        Rewriter rewriter = new Rewriter(graph);
        Map<Integer, List<Node>> consumers = graph.consumers();
        for (Node original : graph.nodes()) {
            Node node = rewriter.current(original);
            if (!(((Layer<?>) node.operation()).attributes() instanceof BatchNorm.Attributes)) {
                rewriter.add(node);
                continue;
            }
            BatchNorm.Affine affine = BatchNorm.affine(cast(node));
            OutputStatistics statistics = BatchNorm.statistics(cast(node));
            Value input = original.inputs().get(0);
            Node producer = rewriter.producer(node.inputs().get(0));
            boolean alone = consumers.get(input.id()).size() == 1 && !graph.isOutput(input);
            if (producer != null && alone && folds(producer)) {
                Layer<?> layer = (Layer<?>) producer.operation();
                rewriter.replace(producer, producer.withOperation(scaled(layer, affine, statistics)));
                rewriter.redirect(node.output(), producer.output());
            } else {
                addDepthwise(rewriter, node, affine, statistics);
            }
        }
        return rewriter.build();
    }

    @SuppressWarnings("unchecked")
    private static Layer<BatchNorm.Attributes> cast(Node node) {
        return (Layer<BatchNorm.Attributes>) node.operation();
    }

    private static boolean folds(Node producer) {
        Layer<?> layer = (Layer<?>) producer.operation();
        return layer.operator() instanceof WeightedOperator<?> && layer.clamp().isAll();
    }

    private static <A extends Record> Layer<A> scaled(Layer<A> layer, BatchNorm.Affine affine,
            OutputStatistics statistics) {
        WeightedOperator<A> operator = (WeightedOperator<A>) layer.operator();
        return operator.scaleOutputs(layer, affine.factors(), affine.offsets()).withStatistics(statistics);
    }

    private static void addDepthwise(Rewriter rewriter, Node node, BatchNorm.Affine affine,
            OutputStatistics statistics) {
        int channels = affine.factor().size();
        FloatTensor weight = FloatTensor.zeros(Shape.of(1, 1, channels, 1));
        FloatTensor bias = FloatTensor.zeros(Shape.of(channels));
        for (int c = 0; c < channels; c++) {
            weight.set(c, affine.factor().get(c));
            bias.set(c, affine.offset().get(c));
        }
        Extent one = new Extent(1, 1);
        Layer<?> depthwise = Layer.plain(new DepthwiseConv2d(),
                new DepthwiseConv2d.Attributes(one, one, new Padding.Valid(), one, 1, true))
                .withParameters(Map.of(WeightedOperator.WEIGHT, weight, WeightedOperator.BIAS, bias))
                .withStatistics(statistics);
        Shape shape = node.inputs().get(0).shape();
        if (shape.rank() == 3) {
            rewriter.add(node.withOperation(depthwise));
            return;
        }
        Shape image = Shape.of(shape.size() / channels, 1, channels);
        Value in = Value.real(rewriter.newId(), node.name() + ".image", image);
        Value out = Value.real(rewriter.newId(), node.name() + ".affine", image);
        rewriter.add(new Node(in.name(), reshape(image), node.inputs(), in, node.span()));
        rewriter.add(new Node(out.name(), depthwise, List.of(in), out, node.span()));
        rewriter.add(new Node(node.name(), reshape(shape), List.of(out), node.output(), node.span()));
    }

    private static Layer<?> reshape(Shape shape) {
        return Layer.plain(new Reshape(), new Reshape.Attributes(shape));
    }
}
