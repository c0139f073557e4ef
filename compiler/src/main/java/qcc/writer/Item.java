package qcc.writer;

import java.util.List;
import java.util.Map;
import qcc.ir.Value;
import qcc.ops.attributes.Literal;

/**
 * One call in the text that is being written: of an operator or of a block.
 *
 * @param callee    operator or block
 * @param arguments by name, in the order in which they are written; without those that have their default value
 * @param inputs    the tensors that it reads; the first can flow in through a pipe
 * @param output    the tensor that it gives
 * @param times     how often it is applied in a row
 */
record Item(String callee, Map<String, Literal> arguments, List<Value> inputs, Value output, int times) {
    Item {
        inputs = List.copyOf(inputs);
    }

    /** True when the other item is the same call, on this one's result. */
    boolean isRepeatedBy(Item next) {
        return callee.equals(next.callee) && arguments.equals(next.arguments) && inputs.size() == 1
                && next.inputs.equals(List.of(output));
    }
}
