package qcc.importer.onnx;

import java.util.List;
import java.util.Optional;
import qcc.ir.Quantization;
import qcc.ops.Layer;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Where importers put layers: {@link FloatEmitter} for real-valued models, {@link IntegerEmitter} for quantised. */
interface Emitter {

    /** Declares an input of the network. */
    Source input(String name, Shape shape);

    /** Adds a layer without trained arrays, or with real-valued ones. */
    Source layer(OnnxNode origin, Layer<?> layer, List<Source> inputs);

    /**
     * Adds a tensor that is the same in every run.
     *
     * @param meaning how integers express its values exactly, when the model quantised it
     */
    Source constant(OnnxNode origin, FloatTensor values, Optional<Quantization> meaning);

    /** Adds a layer whose trained arrays are constants of the model. */
    <A extends Record> Source weighted(OnnxNode origin, WeightedOperator<A> operator, A attributes, Weights weights,
            Source input);

    /** What QuantizeLinear does to an activation. */
    Source quantize(OnnxNode origin, Source input, Quantization quantization);

    /** What DequantizeLinear does: states what the integers of an activation mean. */
    Source dequantize(Source input, Quantization quantization);

    /** The stated meaning of an activation's integers. */
    Quantization quantization(Source input);

    /** Declares an output of the network. */
    void output(String name, Source source);
}
