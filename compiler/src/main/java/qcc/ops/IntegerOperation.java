package qcc.ops;

import java.util.List;
import java.util.Optional;
import qcc.ir.Operation;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/**
 * An operation on int8 tensors, as the firmware computes it. Implementations are records that hold integers only;
 * the definition is {@link #evaluate}, which shares nothing with the kernels.
 */
public interface IntegerOperation extends Operation {

    /** The exact result. Throws {@link ArithmeticException} if an intermediate value leaves its integer type. */
    IntTensor evaluate(List<IntTensor> inputs);

    /** The literals that specialise the kernel: a record of ints, whose names in snake_case are the C names. */
    Record geometry();

    /** For kernels that are called once for each input: the literals of each call. */
    default List<? extends Record> inputGeometries() {
        return List.of();
    }

    /** The arrays that the kernel reads from flash, in the layout that the operation's documentation states. */
    default List<Constant> constants() {
        return List.of();
    }

    /** Throws {@link OverflowException} unless every accumulator fits int32 for all int8 inputs. */
    default void proveAccumulators() {
    }

    /** Multiply-accumulate steps of one run, the usual measure of work. */
    default long macs() {
        return 0;
    }

    /** The window that slides over the first and only tensor input, an image; empty where there is none. */
    default Optional<Window> window() {
        return Optional.empty();
    }

    /** True when the result is the same bytes in the same order under another shape. */
    default boolean isView() {
        return false;
    }

    @Override
    Shape resultShape(List<Shape> inputs);
}
