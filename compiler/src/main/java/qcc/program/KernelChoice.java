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
 * @param row       of the target's list of kernels
 * @param literals  of the operation by their C names
 * @param bits      of a weight
 * @param operation of the node, or one with the same results that suits the kernel better
 */
record KernelChoice(Node node, KernelRow row, Map<String, Integer> literals, WeightBits bits,
        IntegerOperation operation) {

    /** A kernel for a node, whether it can compute it or not. */
    static KernelChoice of(Node node, KernelRow row) {
        IntegerOperation operation = (IntegerOperation) node.operation();
        int needed = operation instanceof WeightedSum sum ? sum.weightBits() : 8;
        IntegerOperation computed = row.factors() == FactorForm.AFFINE && operation instanceof WeightedSum sum
                ? AffineFit.of(sum).orElse(sum) : operation;
        return new KernelChoice(node, row, Literals.of(operation.geometry()), WeightBits.of(needed, row.weights()),
                computed);
    }

    /** True when the kernel reads weights only as bytes, and these could be packed for another one. */
    boolean wantsBytes() {
        return bits.needed() <= 4 && row.weights() == WeightForm.BYTES;
    }

    /** True when the kernel reads weights of 4 bits. */
    boolean readsHalves() {
        return bits.read() == 4;
    }

    /** True when the kernel reads weights of 2 bits. */
    boolean readsQuarters() {
        return bits.read() == 2;
    }

    /**
     * The same kernel, reading weights of 4 bits or bytes that take no more flash than they need in its order: rows
     * that are stacked may need a bit more than the weights themselves. Kernels of a cluster stay as they are: they
     * fetch weights from flash by themselves.
     */
    KernelChoice widened() {
        if (row.tiles().isPresent()) {
            return this;
        }
        return new KernelChoice(node, row, literals, bits.widened(
                bits.read() == 8 ? weights().map(w -> WeightedSum.bitsOf(order(w))).orElse(8) : bits.needed()), operation);
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

    /** The literals of the call. */
    Map<String, Integer> callLiterals() {
        Map<String, Integer> all = new LinkedHashMap<>(literals);
        all.put("packed_bits", bits.read() < 8 ? bits.read() : 0);
        return all;
    }

    /** Scratch memory of the kernel itself. */
    private int kernelScratch() {
        return Math.toIntExact(row.scratch().evaluate(literals));
    }

    /** All scratch memory: that of the kernel, behind it the unpacked weights. */
    int scratchBytes() {
        return bits.unpacked() ? Math.toIntExact(MemoryPlan.align(kernelScratch())) + unpackedCount() * bits.read() / 8
                : kernelScratch();
    }

    /** Where the kernel's own scratch memory stands; nothing for one that needs none. */
    Optional<Integer> scratch(Optional<Integer> offset) {
        return kernelScratch() == 0 ? Optional.empty() : offset;
    }

    /** The unpacking before the call, if any, for scratch memory at the given offset. */
    Optional<Step.Unpacking> unpacking(Optional<Integer> offset) {
        return !bits.unpacked() ? Optional.empty() : Optional.of(new Step.Unpacking(
                offset.orElseThrow() + Math.toIntExact(MemoryPlan.align(kernelScratch())), unpackedCount(),
                bits.stored(), readsHalves() ? Optional.of(row.packing().flip()) : Optional.empty()));
    }

    private int unpackedCount() {
        IntTensor weights = weights().orElseThrow();
        return readsHalves() ? packWeights(weights).size() * 8 / bits.stored() : order(weights).size();
    }

    private Optional<IntTensor> weights() {
        return operation.constants().stream()
                .filter(constant -> constant.name().equals(WeightedSum.WEIGHTS)).map(Constant::data).findFirst();
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
        if (bits.read() == 8) {
            return bits.unpacked() ? Packing.PLAIN.packFields(order(weights), 1, bits.stored()) : order(weights);
        }
        int channels = node.output().shape().last();
        return bits.unpacked() ? row.packing().packNarrow(weights, channels, bits.stored())
                : row.packing().packFields(weights, channels, bits.read());
    }
}
