package qcc.program;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ir.Node;
import qcc.ops.Constant;
import qcc.ops.IntegerOperation;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.ops.WeightedSum;
import qcc.plan.MemoryPlan;
import qcc.target.FactorForm;
import qcc.target.KernelRow;
import qcc.target.Packing;
import qcc.target.WeightForm;
import qcc.tensor.IntTensor;

/**
 * The kernel of a node, and the form of its weights.
 *
 * @param row        of the target's list of kernels
 * @param literals   of the operation by their C names
 * @param weightBits of a weight in flash: 4 or 2 where weights are packed, else 8
 * @param operation  of the node, or one with the same results that suits the kernel better
 */
record KernelChoice(Node node, KernelRow row, Map<String, Integer> literals, int weightBits,
        IntegerOperation operation) {

    /** A kernel for a node, whether it can compute it or not. */
    static KernelChoice of(Node node, KernelRow row) {
        IntegerOperation operation = (IntegerOperation) node.operation();
        int bits = operation instanceof WeightedSum sum ? sum.weightBits() : 8;
        IntegerOperation computed = row.factors() == FactorForm.AFFINE && operation instanceof WeightedSum sum
                ? AffineFit.of(sum).orElse(sum) : operation;
        return new KernelChoice(node, row, Literals.of(operation.geometry()), bits, computed);
    }

    /** True when the kernel reads weights only as bytes, and these are packed. */
    boolean wantsBytes() {
        return weightBits < 8 && row.weights() == WeightForm.BYTES;
    }

    /** Flash that the node's constants take. */
    long flashBytes() {
        return constants().stream().mapToLong(Constant::bytes).sum();
    }

    /** How the kernel requantises, if it does. */
    Optional<Requantization> requantization() {
        return operation instanceof RequantizedOperation requantized ? Optional.of(requantized.requantization())
                : Optional.empty();
    }

    /** The constants as the kernel reads them from flash. */
    List<Constant> constants() {
        return operation.constants().stream().map(this::pack).toList();
    }

    private boolean unpacks() {
        return weightBits < 8 && row.weights() == WeightForm.UNPACKED;
    }

    /** The literals of the call. */
    Map<String, Integer> callLiterals() {
        Map<String, Integer> all = new LinkedHashMap<>(literals);
        all.put("packed_bits", weightBits < 8 && !unpacks() ? weightBits : 0);
        return all;
    }

    /** Scratch memory of the kernel itself. */
    private int kernelScratch() {
        return Math.toIntExact(row.scratch().evaluate(literals));
    }

    /** All scratch memory: that of the kernel, behind it the unpacked weights. */
    int scratchBytes() {
        return unpacks() ? Math.toIntExact(MemoryPlan.align(kernelScratch())) + unpackedWeights() : kernelScratch();
    }

    /** Where the kernel's own scratch memory stands; nothing for one that needs none. */
    Optional<Integer> scratch(Optional<Integer> offset) {
        return kernelScratch() == 0 ? Optional.empty() : offset;
    }

    /** The unpacking before the call, if any, for scratch memory at the given offset. */
    Optional<Step.Unpacking> unpacking(Optional<Integer> offset) {
        return !unpacks() ? Optional.empty() : Optional.of(new Step.Unpacking(
                offset.orElseThrow() + Math.toIntExact(MemoryPlan.align(kernelScratch())), unpackedWeights(),
                weightBits));
    }

    private int unpackedWeights() {
        Constant weights = operation.constants().stream()
                .filter(constant -> constant.name().equals(WeightedSum.WEIGHTS)).findFirst().orElseThrow();
        return order(weights.data()).size();
    }

    private IntTensor order(IntTensor weights) {
        return row.packing().packWeights(weights, node.output().shape().last(), literals.getOrDefault("kernel_h", 1));
    }

    private Constant pack(Constant constant) {
        return switch (constant.name()) {
            case WeightedSum.WEIGHTS -> new Constant(constant.name(), constant.type(), packWeights(constant.data()));
            case WeightedSum.BIAS -> new Constant(constant.name(), constant.type(),
                    row.packing().packBias(constant.data()));
            default -> constant;
        };
    }

    private IntTensor packWeights(IntTensor weights) {
        if (weightBits == 8) {
            return order(weights);
        }
        return unpacks() ? Packing.PLAIN.packFields(order(weights), 1, weightBits)
                : row.packing().packFields(weights, node.output().shape().last(), weightBits);
    }
}
