package qcc.ir;

import java.util.List;
import qcc.tensor.Shape;

/** What a node computes: an operator with its attributes and parameters, at one stage. Immutable. */
public interface Operation {

    /** The operator's name, as QDSL and the kernels know it. */
    String mnemonic();

    /** The attributes in the form {@code name = value, ...}, for printing a graph. */
    String describe();

    /** The shape of the result for inputs of the given shapes; throws {@link IllegalArgumentException} if undefined. */
    Shape resultShape(List<Shape> inputs);
}
