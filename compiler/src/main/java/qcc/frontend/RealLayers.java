package qcc.frontend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.diagnostics.Code;
import qcc.diagnostics.Span;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.Operator;
import qcc.ops.ParameterSpec;
import qcc.ops.attributes.AttributeException;
import qcc.ops.attributes.AttributeSchema;
import qcc.tensor.FloatTensor;

/** Layers with trained arrays of real numbers. */
record RealLayers(Parameters parameters) implements LayerFactory {
    private static final AttributeSchema<LayerOptions> OPTIONS = new AttributeSchema<>(LayerOptions.class);

    @Override
    public Stage stage() {
        return Stage.TYPED;
    }

    @Override
    public List<String> optionNames() {
        return OPTIONS.names();
    }

    @Override
    public Optional<Quantization> input(String name, Span span) {
        return Optional.empty();
    }

    @Override
    public <A extends Record> Optional<Made> make(Stated<A> layer) throws AttributeException {
        LayerOptions options = OPTIONS.read(layer.options());
        List<ParameterSpec> specs = layer.operator().parameters(layer.attributes(),
                layer.inputs().stream().map(Value::shape).toList());
        requireKnown(layer.operator(), specs, layer.arrays());
        Optional<Map<String, FloatTensor>> loaded = parameters.load(layer.name(), specs, layer.arrays(), layer.span());
        return Optional.of(new Made(new Layer<>(layer.operator(), layer.attributes(), loaded.orElse(Map.of()),
                Interval.ALL, options), Optional.empty()));
    }

    private static void requireKnown(Operator<?> operator, List<ParameterSpec> specs, Map<String, String> arrays)
            throws AttributeException {
        List<String> known = specs.stream().map(ParameterSpec::name).toList();
        for (String name : arrays.keySet()) {
            if (!known.contains(name)) {
                throw new AttributeException(Code.E301, name, "there is no argument `" + name + "`",
                        "the arguments are " + Stream.concat(operator.schema().names().stream(), known.stream())
                                .distinct().collect(Collectors.joining(", ")));
            }
        }
    }
}
