package qcc.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * Finds the order in which the layers of a stream compute their bands: each band as late as possible, when a later
 * layer asks for it. From the order follows how many rows each ring has to keep, when its space is free for others, and
 * in which order the stream goes through what it reads and writes outside.
 */
final class StreamScheduler {
    private final List<RowLayer> layers;
    private final List<Node> nodes;
    private final boolean lastInputFirst;
    private final Map<Integer, Integer> producers = new HashMap<>();
    private final int[] made;
    private final int[] kept;
    private final List<Event> events = new ArrayList<>();

    /** A layer computes the rows from {@code row} to before {@code end}. */
    private record Event(int layer, int row, int end) {
    }

    private StreamScheduler(List<RowLayer> all, boolean lastInputFirst) {
        layers = all.stream().filter(layer -> !SuppliedRows.isSupply(layer.node())).toList();
        nodes = all.stream().map(RowLayer::node).toList();
        this.lastInputFirst = lastInputFirst;
        for (int i = 0; i < layers.size(); i++) {
            producers.put(layers.get(i).output().id(), i);
        }
        made = new int[layers.size()];
        kept = new int[layers.size()];
        need(layers.size() - 1, layers.get(layers.size() - 1).height());
        for (int i = 0; i < layers.size(); i++) {
            need(i, layers.get(i).height()); // a stride may leave out the last rows, which reports want to see
        }
    }

    /** The stream of these layers, and of the inputs that are supplied to them, that needs the least memory. */
    static RowStream of(List<RowLayer> layers) {
        RowStream stream = new StreamScheduler(layers, false).stream();
        boolean branches = layers.stream().anyMatch(layer -> layer.inputs().size() > 1);
        RowStream other = branches ? new StreamScheduler(layers, true).stream() : stream;
        return other.bytes() < stream.bytes() ? other : stream;
    }

    private void need(int index, int rows) {
        RowLayer layer = layers.get(index);
        while (made[index] < rows) {
            int row = made[index];
            int end = Math.min(layer.height(), row + layer.band());
            List<Value> inputs = new ArrayList<>(layer.inputs());
            if (lastInputFirst) {
                Collections.reverse(inputs);
            }
            for (Value input : inputs) {
                if (producers.containsKey(input.id())) {
                    need(producers.get(input.id()), layer.window().end(end - 1, RowLayer.height(input)));
                }
            }
            for (Value input : inputs) {
                Integer producer = producers.get(input.id());
                if (producer != null) {
                    kept[producer] = Math.max(kept[producer], made[producer] - layer.window().first(row));
                }
            }
            kept[index] = Math.max(kept[index], end - row);
            events.add(new Event(index, row, end));
            made[index] = end;
        }
    }

    private RowStream stream() {
        int last = layers.size() - 1;
        List<BitSet> live = liveRings();
        StreamPacking packing = new StreamPacking();
        for (int i = 0; i < last; i++) {
            packing.add((long) kept[i] * RowLayer.pitch(layers.get(i).output()), live.get(i));
        }
        for (int i = 0; i <= last; i++) {
            packing.add(layers.get(i).scratchBytes(), eventsOf(i));
        }
        List<SupplySchedule> supplies = supplies();
        supplies.forEach(supply -> packing.add(supply.bytes(), supply.live()));
        long[] offsets = packing.offsets();
        Map<Integer, RowStream.Ring> rings = new LinkedHashMap<>();
        for (int i = 0; i < last; i++) {
            Value value = layers.get(i).output();
            rings.put(value.id(), new RowStream.Ring(value, kept[i], offsets[i]));
        }
        List<Long> scratch = Arrays.stream(offsets, last, last + layers.size()).boxed().toList();
        Map<Integer, RowStream.Window> windows = new LinkedHashMap<>();
        for (SupplySchedule supply : supplies) {
            windows.put(supply.value().id(), supply.at(offsets[last + layers.size() + windows.size()]));
        }
        Node node = node();
        return new RowStream(layers, events.stream().map(Event::layer).toList(), rings, windows, scratch,
                packing.bytes(), sweep(node), node, overheads(supplies));
    }

    /** By supplied input, when its rows are needed. */
    private List<SupplySchedule> supplies() {
        return nodes.stream().filter(SuppliedRows::isSupply).map(node -> supply(node.output())).toList();
    }

    private SupplySchedule supply(Value value) {
        SupplySchedule supply = new SupplySchedule(value,
                layers.stream().filter(layer -> layer.inputs().contains(value)).count() == 1);
        for (int e = 0; e < events.size(); e++) {
            Event event = events.get(e);
            RowLayer layer = layers.get(event.layer());
            if (layer.inputs().contains(value)) {
                supply.add(e, layer.window().first(event.row()),
                        layer.window().end(event.end() - 1, RowLayer.height(value)));
            }
        }
        return supply;
    }

    /** By layer, the events during which some row of its ring waits to be read. */
    private List<BitSet> liveRings() {
        int[][] computed = new int[layers.size()][];
        List<BitSet> live = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            computed[i] = new int[layers.get(i).height()];
            live.add(new BitSet());
        }
        for (int e = 0; e < events.size(); e++) {
            Event event = events.get(e);
            RowLayer layer = layers.get(event.layer());
            for (Value input : layer.inputs()) {
                Integer producer = producers.get(input.id());
                if (producer != null) {
                    int end = layer.window().end(event.end() - 1, RowLayer.height(input));
                    for (int row = layer.window().first(event.row()); row < end; row++) {
                        live.get(producer).set(computed[producer][row], e + 1);
                    }
                }
            }
            Arrays.fill(computed[event.layer()], event.row(), event.end(), e);
            live.get(event.layer()).set(e);
        }
        return live;
    }

    private BitSet eventsOf(int layer) {
        BitSet set = new BitSet();
        IntStream.range(0, events.size()).filter(e -> events.get(e).layer() == layer).forEach(set::set);
        return set;
    }

    private Node node() {
        List<Value> made = nodes.stream().map(Node::output).toList();
        List<Value> inputs = nodes.stream().flatMap(node -> node.inputs().stream())
                .filter(value -> !made.contains(value)).distinct().toList();
        Node first = nodes.get(0);
        Node last = nodes.get(nodes.size() - 1);
        return new Node(first.name() + " .. " + last.name(), new StreamedLayers(inputs, nodes), inputs, last.output(),
                last.span());
    }

    private Sweep sweep(Node node) {
        long[] written = new long[events.size()];
        long[][] needed = new long[node.inputs().size()][events.size()];
        long[] sizes = node.inputs().stream().mapToLong(Value::bytes).toArray();
        long output = 0;
        for (int e = 0; e < events.size(); e++) {
            Event event = events.get(e);
            RowLayer layer = layers.get(event.layer());
            if (event.layer() == layers.size() - 1) {
                output = (long) event.end() * RowLayer.pitch(layer.output());
            }
            written[e] = output;
        }
        for (int i = 0; i < sizes.length; i++) {
            long later = sizes[i];
            for (int e = events.size() - 1; e >= 0; e--) {
                Event event = events.get(e);
                RowLayer layer = layers.get(event.layer());
                Value input = node.inputs().get(i);
                if (layer.inputs().contains(input)) {
                    later = Math.min(later, (long) layer.window().first(event.row()) * RowLayer.pitch(input));
                }
                needed[i][e] = later;
            }
        }
        return new Sweep(written, needed, sizes);
    }

    private RowStream.Overheads overheads(List<SupplySchedule> supplies) {
        long moved = supplies.stream().mapToLong(SupplySchedule::movedBytes).sum();
        long reread = 0;
        long reset = 0;
        for (Event event : events) {
            RowLayer layer = layers.get(event.layer());
            if (event.layer() < layers.size() - 1) {
                int full = kept[event.layer()];
                boolean pushes = event.end() > full;
                moved += pushes ? (long) (full - (event.end() - event.row())) * RowLayer.pitch(layer.output()) : 0;
            }
            int again = layer.window().span() - layer.window().stride() * layer.band();
            reread += layer.rereads() ? (long) Math.max(0, again) * RowLayer.pitch(layer.inputs().get(0)) : 0;
            reset += layer.rereads() && event.row() > 0 ? layer.scratchBytes() : 0;
        }
        return new RowStream.Overheads(events.size() - layers.size(), moved, reread, reset);
    }
}
