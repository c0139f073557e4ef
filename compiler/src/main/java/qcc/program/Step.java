package qcc.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Node;
import qcc.ops.IntegerOperation;
import qcc.ops.Requantization;
import qcc.target.KernelRow;

/**
 * One call of a kernel.
 *
 * @param index     position in the program; what a verification calls the layer's number
 * @param node      the integer node that it computes
 * @param kernel    the kernel that was chosen
 * @param literals  by C name
 * @param parts     by C name, for each input of a kernel that is called once for each
 * @param inputs    places of the inputs in the arena
 * @param output    place of the result
 * @param scratch   offset of the kernel's scratch memory
 * @param unpacking what happens to the weights before the call
 * @param constants symbol of each array, by what it is for the kernel
 * @param requantization how the kernel does it, which may be another rule than the operation's with the same results
 * @param tile      for steps that a cluster computes in tiles; empty for those of a single core
 * @param rows      for steps that are computed row by row, in turn with others; empty for those computed at once
 */
public record Step(int index, Node node, KernelRow kernel, Map<String, Integer> literals,
        List<Map<String, Integer>> parts, List<Place> inputs, Place output,
        Optional<Integer> scratch, Optional<Unpacking> unpacking, Map<String, String> constants,
        Optional<Requantization> requantization,
        Optional<Tile> tile, Optional<RowStep> rows) {

    /**
     * Weights that are packed in flash and get more bits in the arena.
     *
     * @param offset where they begin there
     * @param count  number of weights
     * @param bits   of a weight in flash
     * @param flip   present when they become fields of 4 bits: how these differ from two's complement, a name of
     *               {@code qcc_packed.h}; absent when they become bytes
     */
    public record Unpacking(int offset, int count, int bits, Optional<String> flip) {
    }

    public IntegerOperation operation() {
        return (IntegerOperation) node.operation();
    }

    public String name() {
        return node.name();
    }
}
