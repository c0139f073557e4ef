package qcc.quant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.IntegerType;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;
import qcc.ops.OutputScale;
import qcc.ops.Scales;

/**
 * Chooses the quantisation of every value of a TYPED graph: first each on its own, then, from the end to the beginning,
 * those that a concat ties together. What only a concat reads takes over the scale of its result, which spares a table
 * and a rounding; what others read as well does so if it hardly loses, and else keeps its own.
 */
final class ActivationChoice {
    /** A value that others read takes over another scale if its squared error grows by no more than this factor. */
    private static final double TOLERANCE = 1.25;

    private final Graph graph;
    private final QuantizeSettings settings;
    private final Observations observations;
    private final Map<Integer, List<Node>> readers;
    private final Map<Integer, Quantization> chosen = new HashMap<>();
    private final Map<Integer, Node> producers = new HashMap<>();

    private ActivationChoice(Graph graph, QuantizeSettings settings, Observations observations) {
        this.graph = graph;
        this.settings = settings;
        this.observations = observations;
        this.readers = graph.consumers();
        graph.nodes().forEach(node -> producers.put(node.output().id(), node));
    }

    /** The quantisation of every value, by its id. */
    static Map<Integer, Quantization> of(Graph graph, QuantizeSettings settings, Observations observations) {
        return new ActivationChoice(graph, settings, observations).run();
    }

    private Map<Integer, Quantization> run() {
        for (Input input : graph.inputs()) {
            chosen.put(input.value().id(), inputQuantization(input));
        }
        for (Node node : graph.nodes()) {
            own(node).ifPresent(q -> chosen.put(node.output().id(), q));
        }
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (scaleOf(node) == OutputScale.SHARED) {
                node.inputs().forEach(input -> tie(root(input), node));
            }
        }
        Map<Integer, Quantization> all = new HashMap<>();
        graph.values().forEach(value -> all.put(value.id(), chosen.get(root(value).id())));
        return all;
    }

    private Optional<Quantization> own(Node node) {
        return switch (scaleOf(node)) {
            case SAME_AS_INPUT -> Optional.empty();
            case FIXED -> Optional.of(((Layer<?>) node.operation()).operator().fixedQuantization());
            case OWN, SHARED -> Optional.of(scales(scheme(node), type(node)).choose(observations.histogram(node.output()),
                    observations.tensors().getOrDefault(node.output().id(), List.of())));
        };
    }

    /** Results are int16 where that is wanted, and where all who write and read them know it. */
    private IntegerType type(Node node) {
        return scheme(node).activations() == IntegerType.INT16 && takesInt16((Layer<?>) node.operation())
                && isReadAsInt16(node.output()) ? IntegerType.INT16 : IntegerType.INT8;
    }

    private boolean isReadAsInt16(Value value) {
        return !graph.isOutput(value) && readers.getOrDefault(value.id(), List.of()).stream().allMatch(reader ->
                takesInt16((Layer<?>) reader.operation())
                        && (scaleOf(reader) != OutputScale.SAME_AS_INPUT || isReadAsInt16(reader.output())));
    }

    private static <A extends Record> boolean takesInt16(Layer<A> layer) {
        return layer.operator().takesInt16(layer.attributes());
    }

    private LayerScheme scheme(Node node) {
        return settings.scheme().with(((Layer<?>) node.operation()).options());
    }

    private static OutputScale scaleOf(Node node) {
        return scaleOf((Layer<?>) node.operation());
    }

    private static <A extends Record> OutputScale scaleOf(Layer<A> layer) {
        return layer.operator().outputScale(layer.attributes());
    }

    /** With min_max, an input's declared range is believed; other methods look at the samples. */
    private Quantization inputQuantization(Input input) {
        ActivationScales scales = scales(settings.scheme(), IntegerType.INT8);
        Optional<Quantization> declared = settings.method() instanceof RangeMethod.MinMax
                ? input.range().map(range -> scales.covering(range.withZero())) : Optional.empty();
        return declared.orElseGet(() -> scales.choose(observations.histogram(input.value())));
    }

    private ActivationScales scales(LayerScheme scheme, IntegerType type) {
        return new ActivationScales(scheme.scales(), settings.symmetric(), settings.method(), type);
    }

    /** The value whose quantisation a value has: itself, or what it was selected or moved from. */
    private Value root(Value value) {
        Node producer = producers.get(value.id());
        return producer != null && scaleOf(producer) == OutputScale.SAME_AS_INPUT ? root(producer.inputs().get(0))
                : value;
    }

    private void tie(Value value, Node joint) {
        Node producer = producers.get(value.id());
        Quantization shared = chosen.get(joint.output().id());
        boolean isFree = producer != null && scaleOf(producer) != OutputScale.FIXED
                && chosen.get(value.id()).type() == shared.type();
        // A layer with a power of two would have to multiply to reach any other scale.
        if (isFree && (shared.scale().isPowerOfTwo() || scheme(producer).scales() != Scales.POWER_OF_TWO) 
                && (isOnlyReadBy(value, joint) || hardlyLoses(value, shared))) {
            chosen.put(value.id(), shared);
        }
    }

    private boolean isOnlyReadBy(Value value, Node joint) {
        return !graph.isOutput(value) && readers.getOrDefault(value.id(), List.of()).stream().allMatch(reader ->
                reader == joint || scaleOf(reader) == OutputScale.SAME_AS_INPUT && isOnlyReadBy(reader.output(), joint));
    }

    private boolean hardlyLoses(Value value, Quantization shared) {
        RangeLoss loss = RangeLoss.squaredError(observations.histogram(value));
        return loss.of(shared) <= TOLERANCE * loss.of(chosen.get(value.id()));
    }
}
