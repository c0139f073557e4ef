package qcc.ir;

import java.util.Optional;
import qcc.tensor.Shape;

/**
 * A tensor that flows between nodes.
 *
 * @param id           unique within its graph
 * @param name         the layer or input it comes from; unique within its graph
 * @param shape        its extents
 * @param quantization the meaning of its integers; absent in TYPED graphs
 */
public record Value(int id, String name, Shape shape, Optional<Quantization> quantization) {

    public static Value real(int id, String name, Shape shape) {
        return new Value(id, name, shape, Optional.empty());
    }

    public Value withShape(Shape other) {
        return new Value(id, name, other, quantization);
    }

    public Value withQuantization(Quantization q) {
        return new Value(id, name, shape, Optional.of(q));
    }

    /** The quantisation of a value that must have one. */
    public Quantization quantized() {
        return quantization.orElseThrow(() -> new IllegalStateException("value " + name + " is not quantised"));
    }

    /** Memory that the tensor takes; one byte for each element as long as it is not quantised. */
    public int bytes() {
        return shape.size() * quantization.map(q -> q.type().bytes()).orElse(1);
    }

    @Override
    public String toString() {
        return "%" + name;
    }
}
