package qcc.frontend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import qcc.diagnostics.Span;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ops.Layer;
import qcc.ops.LayerOptions;
import qcc.ops.attributes.AttributeSchema;
import qcc.ops.given.GivenOptions;

/** Layers without their arrays, for what the text alone decides. */
record SkeletonLayers() implements LayerFactory {

    @Override
    public Stage stage() {
        return Stage.TYPED;
    }

    @Override
    public List<String> optionNames() {
        return Stream.of(LayerOptions.class, GivenOptions.class)
                .flatMap(type -> new AttributeSchema<>(type).names().stream()).toList();
    }

    @Override
    public Optional<Quantization> input(String name, Span span) {
        return Optional.empty();
    }

    @Override
    public <A extends Record> Optional<Made> make(Stated<A> layer) {
        return Optional.of(new Made(new Layer<>(layer.operator(), layer.attributes(), Map.of(), Interval.ALL,
                LayerOptions.NONE), Optional.empty()));
    }
}
