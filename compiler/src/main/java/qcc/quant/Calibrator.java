package qcc.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.ops.Layer;
import qcc.ops.LayerScheme;

/** Gives every value of a TYPED graph the quantisation that its integers will have. */
public final class Calibrator {
    private final Graph graph;
    private final QuantizeSettings settings;
    private final Map<Integer, Histogram> histograms;
    private final Map<Integer, Value> calibrated = new HashMap<>();

    private Calibrator(Graph graph, QuantizeSettings settings, Map<Integer, Histogram> histograms) {
        this.graph = graph;
        this.settings = settings;
        this.histograms = histograms;
    }

    /** The CALIBRATED graph. */
    public static Graph run(Graph graph, QuantizeSettings settings, Samples samples) {
        try {
            return new Calibrator(graph, settings, Ranges.observe(graph, samples)).run();
        } catch (Ranges.NotFiniteException e) {
            boolean isInput = graph.inputs().stream().anyMatch(input -> input.value().id() == e.value().id());
            throw new CompilationFailed(Diagnostic.of(Code.E502, spanOf(graph, e.value()), (isInput ? "the input `"
                    : "the result of `") + e.value().name() + "` leaves the range of float32 for a calibration sample")
                    .because("its largest number is 3.4e38; what lies beyond counts as infinite")
                    .help(isInput ? "check the calibration data"
                            : "check the parameters of this layer and of those before it, and the calibration data"));
        }
    }

    private static Span spanOf(Graph graph, Value value) {
        return graph.nodes().stream().filter(n -> n.output().id() == value.id()).map(Node::span).findFirst()
                .orElseGet(() -> graph.inputs().get(0).span());
    }

    private Graph run() {
        List<Input> inputs = new ArrayList<>();
        for (Input input : graph.inputs()) {
            inputs.add(new Input(define(input.value(), inputQuantization(input)), input.range(), input.span()));
        }
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Layer<?> layer = (Layer<?>) node.operation();
            List<Value> arguments = node.inputs().stream().map(this::get).toList();
            Quantization quantization = outputQuantization(layer, arguments, node.output());
            nodes.add(new Node(node.name(), layer, arguments, define(node.output(), quantization), node.span()));
        }
        List<Output> outputs = graph.outputs().stream()
                .map(o -> new Output(o.name(), get(o.value()), o.span())).toList();
        return new Graph(graph.name(), Stage.CALIBRATED, inputs, nodes, outputs);
    }

    private <A extends Record> Quantization outputQuantization(Layer<A> layer, List<Value> arguments, Value output) {
        return switch (layer.operator().outputScale(layer.attributes())) {
            case SAME_AS_INPUT -> arguments.get(0).quantized();
            case FIXED -> layer.operator().fixedQuantization();
            case OWN -> scales(settings.scheme().with(layer.options())).choose(histograms.get(output.id()));
        };
    }

    /** With min_max, an input's declared range is believed; other methods look at the samples. */
    private Quantization inputQuantization(Input input) {
        ActivationScales scales = scales(settings.scheme());
        Optional<Quantization> declared = settings.method() instanceof RangeMethod.MinMax
                ? input.range().map(range -> scales.covering(range.withZero())) : Optional.empty();
        return declared.orElseGet(() -> scales.choose(histograms.get(input.value().id())));
    }

    private ActivationScales scales(LayerScheme scheme) {
        return new ActivationScales(scheme.scales(), settings.symmetric(), settings.method());
    }

    private Value define(Value value, Quantization quantization) {
        Value changed = value.withQuantization(quantization);
        calibrated.put(value.id(), changed);
        return changed;
    }

    private Value get(Value value) {
        return calibrated.get(value.id());
    }
}
