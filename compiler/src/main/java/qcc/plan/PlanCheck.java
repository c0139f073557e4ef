package qcc.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;
import qcc.ops.IntegerOperation;

/**
 * Checks a plan by running the graph on a memory of tags: every byte remembers which element was written to it. Each
 * node must find all elements of its inputs, both before and after its scratch memory is overwritten; then its output
 * is written, step by step as its kernel's contract says, and after each step the node must find all that the kernel
 * still reads. At the end all outputs must be intact. Derives everything from the graph and the plan's offsets, and
 * nothing from what the planner believes about lifetimes and sharing.
 */
public final class PlanCheck {
    private final Graph graph;
    private final MemoryPlan plan;
    private final KernelMemory kernels;
    private final Map<Integer, MemoryPlan.PlacedValue> places;

    private final TaggedMemory memory = new TaggedMemory();
    /** What the bytes of each value look like: a view has the contents of the value that it shows. */
    private final Map<Integer, Contents> contents = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** The tag of the elements of one value, with the place that its first element was written to. */
    private record Contents(int valueId, long origin) {
    }

    /** The tag of scratch memory. */
    private record Poison(int step) {
    }

    /** A stretch of the arena. */
    private record Range(long start, long end) {
        boolean overlaps(Range other) {
            return start < other.end && other.start < end;
        }
    }

    private PlanCheck(Graph graph, MemoryPlan plan, KernelMemory kernels) {
        this.graph = graph;
        this.plan = plan;
        this.kernels = kernels;
        places = plan.places();
    }

    /** What is wrong with the plan, in the order in which a run would meet it; empty if the plan is right. */
    public static List<String> violations(Graph graph, MemoryPlan plan, KernelMemory kernels) {
        PlanCheck check = new PlanCheck(graph, plan, kernels);
        if (check.everythingHasAPlace()) {
            check.run();
        }
        return List.copyOf(check.violations);
    }

    /** Throws {@link IllegalStateException} with all violations unless the plan is right. */
    public static void require(Graph graph, MemoryPlan plan, KernelMemory kernels) {
        List<String> violations = violations(graph, plan, kernels);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("wrong memory plan: " + String.join("; ", violations));
        }
    }

    /** Throws {@link IllegalStateException} unless every call of a kernel in the stream finds the rows that it needs. */
    public static void require(RowStream stream) {
        List<String> violations = StreamCheck.violations(stream);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("wrong stream " + stream + ": " + String.join("; ", violations));
        }
    }

    private boolean everythingHasAPlace() {
        if (plan.arenaBytes() % MemoryPlan.ALIGNMENT != 0) {
            violations.add("the arena's size " + plan.arenaBytes() + " is not aligned");
        }
        for (Value value : graph.values()) {
            if (places.containsKey(value.id())) {
                checkPlace(value.name(), range(value));
            } else {
                violations.add(value.name() + " has no place");
            }
        }
        for (Node node : graph.nodes()) {
            int planned = plan.scratchOf(node).map(MemoryPlan.Scratch::bytes).orElse(0);
            if (planned < kernels.scratchBytes(node)) {
                violations.add("the scratch of " + node.name() + " has " + planned + " bytes instead of "
                        + kernels.scratchBytes(node));
            }
            plan.scratchOf(node).ifPresent(scratch -> checkPlace("the scratch of " + node.name(), range(scratch)));
        }
        return violations.isEmpty();
    }

    private void checkPlace(String what, Range range) {
        if (range.start() < 0 || range.end() > plan.arenaBytes()) {
            violations.add(what + " at " + range.start() + " leaves the arena of " + plan.arenaBytes() + " bytes");
        }
        if (range.start() % MemoryPlan.ALIGNMENT != 0) {
            violations.add(what + " at " + range.start() + " is not aligned");
        }
    }

    private void run() {
        for (Input input : graph.inputs()) {
            write(input.value());
        }
        for (Input input : graph.inputs()) {
            read(input.value(), "after the inputs are written");
        }
        for (int step = 0; step < graph.nodes().size(); step++) {
            run(graph.nodes().get(step), step);
        }
        for (Output output : graph.outputs()) {
            read(output.value(), "after the last step");
        }
    }

    private void run(Node node, int step) {
        for (Value input : node.inputs()) {
            read(input, "when " + node.name() + " begins");
        }
        plan.scratchOf(node).ifPresent(scratch -> useScratch(node, scratch, step));
        if (((IntegerOperation) node.operation()).isView()) {
            contents.put(node.output().id(), contents.get(node.inputs().get(0).id()));
            read(node.output(), "as the view " + node.name());
        } else if (node.inputs().stream().anyMatch(input -> range(input).overlaps(range(node.output())))) {
            replay(node);
        } else {
            write(node.output());
        }
    }

    /** A kernel may use its scratch from its first read to its last write. */
    private void useScratch(Node node, MemoryPlan.Scratch scratch, int step) {
        memory.fill(range(scratch).start(), range(scratch).end(), new Poison(step));
        for (Value input : node.inputs()) {
            read(input, "beside the scratch of " + node.name());
        }
        if (range(scratch).overlaps(range(node.output()))) {
            violations.add(node.output().name() + " overlaps the scratch of its node");
        }
    }

    /** Writes the output step by step, and looks after each whether all that is still read is there. */
    private void replay(Node node) {
        Sweep sweep = kernels.sweep(node);
        Range output = range(node.output());
        Contents written = new Contents(node.output().id(), output.start());
        contents.put(node.output().id(), written);
        for (Value input : node.inputs()) {
            if (range(input).overlaps(output) && (output.start() - range(input).start()) % sweep.interleave() != 0) {
                violations.add(node.name() + " overwrites other channels of " + input.name() + " than it has read");
                return;
            }
        }
        for (int step = 0; step < sweep.steps(); step++) {
            memory.fill(output.start() + sweep.written(step - 1), output.start() + sweep.written(step), written);
            for (int i = 0; i < node.inputs().size(); i++) {
                if (!isIntact(node.inputs().get(i), sweep.needed(i, step))) {
                    violations.add(node.name() + " overwrites its input " + node.inputs().get(i).name()
                            + " while it still reads it");
                    return;
                }
            }
        }
        read(node.output(), "after " + node.name());
    }

    private boolean isIntact(Value value, long from) {
        Range range = range(value);
        return memory.firstWithout(contents.get(value.id()), range.start() + from, range.end()).isEmpty();
    }

    private void write(Value value) {
        Range range = range(value);
        Contents written = new Contents(value.id(), range.start());
        contents.put(value.id(), written);
        memory.fill(range.start(), range.end(), written);
    }

    private void read(Value value, String when) {
        Range range = range(value);
        Contents expected = contents.get(value.id());
        if (expected == null || expected.origin() != range.start()) {
            violations.add(value.name() + " is not where its bytes are " + when);
            return;
        }
        memory.firstWithout(expected, range.start(), range.end()).ifPresent(address ->
                violations.add("byte " + (address - range.start()) + " of " + value.name() + " is lost " + when
                        + ": found " + memory.at(address).map(Object::toString).orElse("nothing")));
    }

    private Range range(Value value) {
        long offset = places.get(value.id()).offset();
        return new Range(offset, offset + value.bytes());
    }

    private static Range range(MemoryPlan.Scratch scratch) {
        return new Range(scratch.offset(), scratch.offset() + scratch.bytes());
    }
}
