package qcc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;
import qcc.ops.View;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Builds INTEGER graphs of which only the sizes and the sharing matter. */
final class TestGraph {
    static final Span SPAN = Span.wholeFile("test");
    /** What {@link #compute(String, int, Set, int, Value...)} said. */
    static final KernelMemory KERNELS = new KernelMemory() {
        @Override
        public int scratchBytes(Node node) {
            return node.operation() instanceof Compute compute ? compute.scratch() : 0;
        }

        @Override
        public Sweep sweep(Node node) {
            long[] sizes = node.inputs().stream().mapToLong(input -> input.shape().size()).toArray();
            return node.operation() instanceof Compute compute ? compute.sweep(sizes)
                    : byElements(node.output().shape().size(), sizes, input -> true);
        }
    };

    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private int nextId = 100;

    /** An operation with a result of a given size that may overwrite the inputs of the given indices. */
    record Compute(int size, Set<Integer> overwrites, int scratch) implements IntegerOperation {
        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            throw new UnsupportedOperationException("planning runs nothing");
        }

        @Override
        public Record geometry() {
            return this;
        }

        Sweep sweep(long[] sizes) {
            return byElements(size, sizes, overwrites::contains);
        }

        @Override
        public String mnemonic() {
            return "compute";
        }

        @Override
        public String describe() {
            return "";
        }

        @Override
        public Shape resultShape(List<Shape> shapes) {
            return Shape.of(size);
        }
    }

    /** Element by element for the inputs of the output's size that may be overwritten. */
    private static Sweep byElements(int size, long[] sizes, IntPredicate overwritable) {
        boolean any = IntStream.range(0, sizes.length).anyMatch(i -> sizes[i] == size && overwritable.test(i));
        int steps = any ? size : 1;
        long[] written = LongStream.rangeClosed(1, steps).map(step -> any ? step : size).toArray();
        long[][] needed = new long[sizes.length][steps];
        for (int i = 0; i < sizes.length; i++) {
            if (any && sizes[i] == size && overwritable.test(i)) {
                needed[i] = written;
            }
        }
        return new Sweep(written, needed, sizes);
    }

    Value input(String name, int size) {
        Value value = value(name, size);
        inputs.add(new Input(value, Optional.empty(), SPAN));
        return value;
    }

    /** A layer that needs its inputs and its output at the same time, like a convolution. */
    Value compute(String name, int size, Value... from) {
        return compute(name, size, Set.of(), 0, from);
    }

    /** A layer that may overwrite any of its inputs, like an addition. */
    Value elementwise(String name, Value... from) {
        return compute(name, from[0].shape().size(), from.length == 1 ? Set.of(0) : Set.of(0, 1), 0, from);
    }

    Value compute(String name, int size, Set<Integer> overwrites, int scratch, Value... from) {
        return node(name, new Compute(size, overwrites, scratch), value(name, size), from);
    }

    Value view(String name, Value of) {
        return node(name, View.of(of.shape()), value(name, of.shape().size()), of);
    }

    Value node(String name, IntegerOperation operation, Value output, Value... from) {
        nodes.add(new Node(name, operation, List.of(from), output, SPAN));
        return output;
    }

    TestGraph output(Value value) {
        outputs.add(new Output("out" + outputs.size(), value, SPAN));
        return this;
    }

    Value value(String name, int size) {
        return Value.real(nextId++, name, Shape.of(size));
    }

    Graph build() {
        return new Graph("test", Stage.INTEGER, inputs, nodes, outputs);
    }
}
