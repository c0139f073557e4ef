package qcc.ops.given;

import java.util.List;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.Shape;

/**
 * What surrounds a layer that is stated.
 *
 * @param inputs the quantised tensors that it reads
 * @param output the meaning of its result
 * @param steps  the rounding of the whole network
 */
public record GivenContext(List<Value> inputs, Quantization output, RoundingSteps steps) {
    public GivenContext {
        inputs = List.copyOf(inputs);
    }

    Value input() {
        return inputs.get(0);
    }

    Shape shape() {
        return input().shape();
    }

    List<Shape> shapes() {
        return inputs.stream().map(Value::shape).toList();
    }
}
