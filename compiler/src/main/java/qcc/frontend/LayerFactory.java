package qcc.frontend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.ir.Operation;
import qcc.ir.Quantization;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.Operator;
import qcc.ops.attributes.AttributeException;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/** Makes the operations of layers whose arguments and shapes are known to be right. */
interface LayerFactory {

    /**
     * A layer as the text states it.
     *
     * @param name    its full name
     * @param shape   of its result
     * @param options the arguments that every layer takes
     * @param arrays  names of arrays that the layer states itself, by what they are for it
     * @param <A>     the operator's arguments
     */
    record Stated<A extends Record>(String name, Operator<A> operator, A attributes, List<Value> inputs, Shape shape,
            Map<String, Literal> options, Map<String, String> arrays, Span span) {
    }

    /** An operation, and what the integers of its result mean if it is one on integers. */
    record Made(Operation operation, Optional<Quantization> quantization) {
    }

    /** What the graph holds that the operations are for. */
    Stage stage();

    /** The names of the arguments that every layer takes beside its operator's own. */
    List<String> optionNames();

    /** What the integers of an input of the network mean; nothing for real values, or after an error was reported. */
    Optional<Quantization> input(String name, Span span);

    /** The operation of a layer; nothing after an error was reported. */
    <A extends Record> Optional<Made> make(Stated<A> layer) throws AttributeException;
}
