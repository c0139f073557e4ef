package qcc.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;
import qcc.model.Goal;
import qcc.ops.IntegerOperation;
import qcc.plan.KernelMemory;
import qcc.plan.MemoryPlan;
import qcc.plan.MemoryPlanner;
import qcc.plan.PlanCheck;
import qcc.plan.Sweep;
import qcc.target.Target;

/** Chooses kernels, packs constants and places memory. */
public final class ProgramBuilder {
    private final Graph graph;
    private final Target target;
    private final Goal goal;
    private final Map<Node, KernelChoice> kernels = new HashMap<>();

    private ProgramBuilder(Graph graph, Target target, Goal goal) {
        this.graph = graph;
        this.target = target;
        this.goal = goal;
    }

    /** The program of an INTEGER graph for a target. */
    public static Program build(Graph graph, Target target, Goal goal) {
        return new ProgramBuilder(graph, target, goal).build();
    }

    private Program build() {
        graph.nodes().forEach(node -> kernels.put(node, KernelChoice.of(node, target)));
        KernelMemory chosen = new Chosen();
        MemoryPlan memory = MemoryPlanner.plan(graph, chosen);
        PlanCheck.require(graph, memory, chosen);
        List<String> accessors = CNames.accessors(graph.name(), Stream.concat(
                graph.inputs().stream().map(input -> input.value().name()),
                graph.outputs().stream().map(Output::name)).toList());
        ConstantPool pool = new ConstantPool(accessors);
        List<Step> steps = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (((IntegerOperation) node.operation()).isView()) {
                continue;
            }
            Optional<Integer> scratch = memory.scratchOf(node).map(s -> Math.toIntExact(s.offset()));
            KernelChoice kernel = kernels.get(node);
            steps.add(new Step(steps.size(), node, kernel.row(), kernel.callLiterals(),
                    ((IntegerOperation) node.operation()).inputGeometries().stream().map(Literals::of).toList(),
                    node.inputs().stream().map(value -> place(value, memory)).toList(), place(node.output(), memory),
                    kernel.scratch(scratch), kernel.unpacking(scratch), pool.add(node, kernel)));
        }
        List<Port> inputs = new ArrayList<>();
        for (Input input : graph.inputs()) {
            inputs.add(new Port(input.value().name(), accessors.get(inputs.size()), place(input.value(), memory),
                    input.span()));
        }
        List<Port> outputs = new ArrayList<>();
        for (Output output : graph.outputs()) {
            outputs.add(new Port(output.name(), accessors.get(inputs.size() + outputs.size()),
                    place(output.value(), memory), output.span()));
        }
        return new Program(graph, inputs, outputs, steps, pool.arrays(), memory, goal);
    }

    /** What the chosen kernels do to memory. */
    private final class Chosen implements KernelMemory {
        private final Map<Node, Sweep> sweeps = new HashMap<>();

        @Override
        public int scratchBytes(Node node) {
            return kernels.get(node).scratchBytes();
        }

        @Override
        public Sweep sweep(Node node) {
            return sweeps.computeIfAbsent(node, n -> KernelSweep.of(n, kernels.get(n).row().reads()));
        }
    }

    private static Place place(Value value, MemoryPlan memory) {
        return new Place(value, Math.toIntExact(memory.places().get(value.id()).offset()));
    }
}
