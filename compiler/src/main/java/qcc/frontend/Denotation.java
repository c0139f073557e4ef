package qcc.frontend;

import qcc.ir.Value;
import qcc.ops.attributes.Literal;

/** What an expression stands for once its names are resolved. */
sealed interface Denotation {

    /** A tensor of the graph that is being built. */
    record Tensor(Value value) implements Denotation {
    }

    /** A number, word, text or list. */
    record Constant(Literal literal) implements Denotation {
    }

    /** Something that is already reported as wrong; whatever uses it is not reported again. */
    record Unknown() implements Denotation {
    }

    Unknown UNKNOWN = new Unknown();

    /** How a message calls it. */
    default String describe() {
        if (this instanceof Tensor tensor) {
            return "the tensor `" + tensor.value().name() + "`";
        }
        return this instanceof Constant constant ? "`" + constant.literal() + "`" : "something unknown";
    }
}
