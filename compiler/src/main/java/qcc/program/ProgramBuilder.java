package qcc.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.model.Goal;
import qcc.ops.IntegerOperation;
import qcc.target.Target;

/** Chooses kernels, packs constants and places memory. */
public final class ProgramBuilder {
    private final Graph graph;
    private final Target target;
    private final Goal goal;
    private final MemoryOptions options;
    private final Map<Node, KernelChoice> kernels = new HashMap<>();

    private ProgramBuilder(Graph graph, Target target, Goal goal, MemoryOptions options) {
        this.graph = graph;
        this.target = target;
        this.goal = goal;
        this.options = options;
    }

    /** The program of an INTEGER graph for a target. */
    public static Program build(Graph graph, Target target, Goal goal) {
        return build(graph, target, goal, MemoryOptions.DEFAULT);
    }

    /**
     * The program of an INTEGER graph for a target.
     *
     * @param options what the application asks of the arena, which exceeds its budget if nothing smaller is found
     */
    public static Program build(Graph graph, Target target, Goal goal, MemoryOptions options) {
        return new ProgramBuilder(graph, target, goal, options).build();
    }

    /** What the arena should not exceed: the budget, and the target's RAM. */
    private long limit() {
        long room = target.ram().map(ram -> ram.bytes() - target.stackBytes()).orElse(Long.MAX_VALUE);
        return Math.min(room, options.budget().orElse(Long.MAX_VALUE));
    }

    /**
     * Weights take no more flash than they need: those that need fewer bits than their kernel reads are widened in
     * scratch memory. The loops for 2 bits are spared where those for 4 are needed anyway. If there is not enough RAM for
     * that, kernels read what they can.
     */
    private ArenaDesign smallest() {
        Set<String> halves = kernels.values().stream().filter(KernelChoice::readsHalves)
                .map(kernel -> kernel.row().name()).collect(Collectors.toSet());
        Map<Node, KernelChoice> widened = new HashMap<>(kernels);
        widened.replaceAll((node, kernel) ->
                kernel.readsQuarters() && !halves.contains(kernel.row().name()) ? kernel : kernel.widened());
        ArenaDesign arena = new ArenaDesigner(graph, widened, options).design(goal, limit());
        if (arena.memory().arenaBytes() > limit()) {
            return new ArenaDesigner(graph, kernels, options).design(goal, limit());
        }
        kernels.putAll(widened);
        return arena;
    }

    private Program build() {
        if (options.inputs() == InputUse.ROWS && target.cluster().isPresent()) {
            throw RowsRefusal.ofCluster(graph, target);
        }
        KernelSelection.of(graph, target, goal)
                .forEach(choice -> kernels.put(choice.node(), KernelSelection.chosen(choice, target)));
        ArenaDesign arena = goal == Goal.SIZE ? smallest() : new ArenaDesigner(graph, kernels, options).design(goal,
                limit());
        List<String> accessors = CNames.accessors(graph.name(), Stream.concat(
                graph.inputs().stream().map(input -> input.value().name()),
                graph.outputs().stream().map(Output::name)).toList());
        ConstantPool pool = new ConstantPool(accessors);
        StepPlaces places = new StepPlaces(arena);
        List<Step> steps = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (((IntegerOperation) node.operation()).isView()) {
                continue;
            }
            KernelChoice kernel = kernels.get(node);
            Optional<Integer> scratch = places.scratch(node);
            steps.add(new Step(steps.size(), node, kernel.row(), kernel.callLiterals(),
                    ((IntegerOperation) node.operation()).inputGeometries().stream().map(Literals::of).toList(),
                    node.inputs().stream().map(places::of).toList(), places.of(node.output()), kernel.scratch(scratch),
                    kernel.unpacking(scratch), pool.add(node, kernel), kernel.requantization(),
                    kernel.row().tiles().map(rule -> TileSearch.best(kernel, rule, target)), places.rows(node)));
        }
        List<Port> inputs = new ArrayList<>();
        for (Input input : graph.inputs()) {
            inputs.add(new Port(input.value().name(), accessors.get(inputs.size()), places.of(input.value()),
                    places.isSupplied(input.value()), input.span()));
        }
        List<Port> outputs = new ArrayList<>();
        for (Output output : graph.outputs()) {
            outputs.add(new Port(output.name(), accessors.get(inputs.size() + outputs.size()),
                    places.of(output.value()), false, output.span()));
        }
        return new Program(graph, inputs, outputs, steps, pool.arrays(), arena.graph(), arena.memory(), arena.streams(),
                goal, options, arena.savings(), arena.choice());
    }
}
