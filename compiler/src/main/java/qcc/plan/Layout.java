package qcc.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * The blocks that a graph needs once it is decided which nodes work in place: first the storages, then the scratch
 * buffers. Knows the way back from the blocks' offsets to a plan.
 */
final class Layout {
    private final Graph graph;
    private final Liveness liveness;
    private final Map<Integer, Integer> inPlace;
    private final Map<Integer, Integer> scratchByStep = new LinkedHashMap<>();

    private final List<List<Value>> storages = new ArrayList<>();
    private final Map<Integer, Integer> storageOf = new HashMap<>();
    private final Map<Integer, Sharing> sharings = new HashMap<>();

    /**
     * Decides which values share a storage.
     *
     * @param inPlace the index of the input that a node overwrites, by step; other nodes get storage of their own
     */
    Layout(Graph graph, Liveness liveness, Map<Integer, Integer> inPlace, ToIntFunction<Node> scratchBytes) {
        this.graph = graph;
        this.liveness = liveness;
        this.inPlace = inPlace;
        for (Input input : graph.inputs()) {
            open(input.value());
        }
        for (int step = 0; step < graph.nodes().size(); step++) {
            Node node = graph.nodes().get(step);
            addOutput(node, step);
            int bytes = scratchBytes.applyAsInt(node);
            if (bytes < 0) {
                throw new IllegalArgumentException("scratch of " + node.name() + ": " + bytes + " bytes");
            }
            if (bytes > 0) {
                scratchByStep.put(step, bytes);
            }
        }
    }

    /** The blocks in a fixed order: storages by first step, then scratch by step. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (List<Value> values : storages) {
            blocks.add(new Block(bytesOf(values), lifetimeOf(values)));
        }
        scratchByStep.forEach((step, bytes) ->
                blocks.add(new Block(MemoryPlan.align(bytes), new Lifetime(step, step))));
        return blocks;
    }

    /** The plan that puts the blocks where the placement says. */
    MemoryPlan plan(Placement placement, long lowerBound) {
        List<MemoryPlan.Storage> placed = new ArrayList<>();
        for (int i = 0; i < storages.size(); i++) {
            List<Value> values = storages.get(i);
            long offset = placement.offset(i);
            placed.add(new MemoryPlan.Storage(offset, bytesOf(values), lifetimeOf(values), values.stream()
                    .map(value -> new MemoryPlan.PlacedValue(value, offset, liveness.lifetime(value),
                            Optional.ofNullable(sharings.get(value.id()))))
                    .toList()));
        }
        Map<String, MemoryPlan.Scratch> scratch = new LinkedHashMap<>();
        int block = storages.size();
        for (Map.Entry<Integer, Integer> entry : scratchByStep.entrySet()) {
            int step = entry.getKey();
            scratch.put(graph.nodes().get(step).name(),
                    new MemoryPlan.Scratch(step, placement.offset(block++), entry.getValue()));
        }
        return new MemoryPlan(placement.arena(), lowerBound, placed, scratch);
    }

    private void addOutput(Node node, int step) {
        Integer overwritten = inPlace.get(step);
        if (Liveness.isView(node)) {
            share(node.output(), node.inputs().get(0), Sharing.Reason.VIEW);
        } else if (overwritten != null) {
            share(node.output(), node.inputs().get(overwritten), Sharing.Reason.IN_PLACE);
        } else {
            open(node.output());
        }
    }

    private void open(Value value) {
        storageOf.put(value.id(), storages.size());
        storages.add(new ArrayList<>(List.of(value)));
    }

    private void share(Value value, Value holder, Sharing.Reason reason) {
        if (value.bytes() != holder.bytes()) {
            throw new IllegalArgumentException(value.name() + " cannot share storage with " + holder.name()
                    + ": " + value.shape() + " and " + holder.shape() + " differ in size");
        }
        int storage = storageOf.get(holder.id());
        storageOf.put(value.id(), storage);
        storages.get(storage).add(value);
        sharings.put(value.id(), new Sharing(reason, holder.id()));
    }

    private static long bytesOf(List<Value> values) {
        return MemoryPlan.align(values.get(0).bytes());
    }

    private Lifetime lifetimeOf(List<Value> values) {
        return values.stream().map(liveness::lifetime).reduce(Lifetime::union).orElseThrow();
    }
}
