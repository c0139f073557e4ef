package qcc.frontend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.numpy.NumpyArray;
import qcc.numpy.NumpyException;
import qcc.ops.Constant.CType;
import qcc.ops.IntegerOperation;
import qcc.ops.OverflowException;
import qcc.ops.attributes.AttributeException;
import qcc.ops.attributes.AttributeSchema;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.given.GivenArrays;
import qcc.ops.given.GivenContext;
import qcc.ops.given.GivenException;
import qcc.ops.given.GivenForms;
import qcc.ops.given.GivenOptions;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * Layers that are quantised already. Every tensor's {@code scale} and {@code zero_point} stand in the parameter file;
 * a layer that has none takes those of its first input.
 */
final class GivenLayers implements LayerFactory {
    private static final AttributeSchema<GivenOptions> OPTIONS = new AttributeSchema<>(GivenOptions.class);
    private static final String SCALE = "scale";
    private static final String ZERO_POINT = "zero_point";

    private final List<ParameterSource> sources;
    private final RoundingSteps steps;
    private final Diagnostics diagnostics;

    GivenLayers(List<ParameterSource> sources, RoundingSteps steps, Diagnostics diagnostics) {
        this.sources = sources;
        this.steps = steps;
        this.diagnostics = diagnostics;
    }

    @Override
    public Stage stage() {
        return Stage.INTEGER;
    }

    @Override
    public List<String> optionNames() {
        return OPTIONS.names();
    }

    @Override
    public Optional<Quantization> input(String name, Span span) {
        return guarded("input `" + name + "`", span, () -> quantization(new Arrays(name, Map.of())));
    }

    @Override
    public <A extends Record> Optional<Made> make(Stated<A> layer) throws AttributeException {
        GivenOptions options = OPTIONS.read(layer.options());
        if (!options.isSound()) {
            throw new AttributeException(Code.E304, "clamp", "clamp = " + options.clamp().orElseThrow()
                    + " is not a range", "write `clamp = [LOW, HIGH]`");
        }
        Arrays arrays = new Arrays(layer.name(), layer.arrays());
        return guarded("layer `" + layer.name() + "`", layer.span(), () -> {
            Quantization output = arrays.has(SCALE) || layer.inputs().isEmpty() ? quantization(arrays)
                    : layer.inputs().get(0).quantized();
            IntegerOperation operation = GivenForms.restore(layer.operator(), layer.attributes(), options, arrays,
                    new GivenContext(layer.inputs(), output, steps));
            operation.proveAccumulators();
            return new Made(operation, Optional.of(output));
        });
    }

    /** Makes something of integers that may not be usable. */
    @FunctionalInterface
    private interface Making<T> {
        T make();
    }

    private <T> Optional<T> guarded(String what, Span span, Making<T> making) {
        try {
            return Optional.of(making.make());
        } catch (GivenException e) {
            diagnostics.report(Diagnostic.of(e.code(), span, what + ": " + e.getMessage()));
        } catch (OverflowException e) {
            diagnostics.report(Diagnostic.of(Code.E501, span, what + ": " + e.getMessage())
                    .help("use smaller or fewer weights, or split the layer"));
        }
        return Optional.empty();
    }

    private static Quantization quantization(Arrays arrays) {
        NumpyArray scale = arrays.required(SCALE);
        double value = scale.size() == 1 ? scale.getDouble(0) : 0;
        if (!(value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE)) {
            throw new GivenException(Code.E405, "`scale` must be one positive number");
        }
        int zero = arrays.has(ZERO_POINT) ? arrays.one(ZERO_POINT, CType.INT8) : 0;
        return new Quantization(Scale.dyadic(value), zero);
    }

    /** The arrays of one layer. */
    private final class Arrays implements GivenArrays {
        private final String layer;
        private final Map<String, String> names;

        Arrays(String layer, Map<String, String> names) {
            this.layer = layer;
            this.names = names;
        }

        private String fullName(String name) {
            return names.getOrDefault(name, layer + "." + name);
        }

        private Optional<NumpyArray> find(String name) {
            try {
                return sources.stream().flatMap(source -> source.array(fullName(name)).stream()).findFirst();
            } catch (NumpyException e) {
                throw new GivenException(e.code(), e.getMessage());
            }
        }

        NumpyArray required(String name) {
            return find(name).orElseThrow(() -> new GivenException(Code.E403, "no file has an array `"
                    + fullName(name) + "`"));
        }

        @Override
        public boolean has(String name) {
            return find(name).isPresent();
        }

        @Override
        public IntTensor get(String name, CType type, List<Shape> shapes) {
            NumpyArray array = required(name);
            if (array.type().isFloatingPoint()) {
                throw new GivenException(Code.E405, "array `" + fullName(name) + "` must hold integers");
            }
            Shape shape = array.shape().length == 0 ? Shape.of(1) : Shape.of(array.shape());
            if (!shapes.contains(shape)) {
                throw new GivenException(Code.E404, "array `" + fullName(name) + "` has the shape " + shape
                        + ", the layer needs " + shapes.get(shapes.size() - 1));
            }
            for (int i = 0; i < array.size(); i++) {
                if (array.getLong(i) < type.low() || array.getLong(i) > type.high()) {
                    throw new GivenException(Code.E405, "array `" + fullName(name) + "` holds " + array.getLong(i)
                            + ", which is no " + type.spelling());
                }
            }
            return new IntTensor(shape, array.toInts());
        }
    }
}
