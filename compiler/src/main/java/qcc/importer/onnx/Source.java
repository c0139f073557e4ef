package qcc.importer.onnx;

import java.util.List;
import java.util.Optional;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.ops.Lowering;
import qcc.tensor.Shape;

/** Where the elements of an activation come from. */
sealed interface Source {

    /** The stored extents. */
    Shape shape();

    /** A value of the graph that is being built. */
    record Ready(Value value) implements Source {
        @Override
        public Shape shape() {
            return value.shape();
        }
    }

    /** An input of a quantised model, whose quantisation the first reader says. */
    record GraphInput(int index, Shape shape) implements Source {
    }

    /**
     * A real result in a quantised model: it can only be computed once a QuantizeLinear says what its integers mean.
     *
     * @param origin     the node that it comes from
     * @param inputs     the quantised inputs
     * @param rule       emits the operation
     * @param fusesClamp whether bounds cost nothing
     * @param clamp      bounds of the result
     * @param exact      the quantisation in which the result loses nothing, when there is one
     * @param customary  the quantisation to use where the result leaves the network unquantised, when there is one
     */
    record Pending(OnnxNode origin, List<Value> inputs, Shape shape, Rule rule, boolean fusesClamp, Interval clamp,
            Optional<Quantization> exact, Optional<Quantization> customary) implements Source {

        Pending withClamp(Interval next) {
            return new Pending(origin, inputs, shape, rule, fusesClamp, clamp.then(next), Optional.empty(),
                    Optional.empty());
        }
    }

    /** Emits an operation whose quantisations are known. */
    @FunctionalInterface
    interface Rule {
        Value lower(Lowering lowering, Interval clamp);
    }
}
