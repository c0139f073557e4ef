package qcc.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import qcc.ir.Graph;
import qcc.ir.Value;

/** Seeded graphs of the kinds that networks are made of. */
final class RandomGraphs {
    private final Random random;
    private final TestGraph graph = new TestGraph();
    private int names;

    private RandomGraphs(long seed) {
        random = new Random(seed);
    }

    /** Layers one after the other, without anything that shares storage. */
    static Graph chain(long seed, int layers) {
        RandomGraphs make = new RandomGraphs(seed);
        Value x = make.graph.input("x", make.size());
        for (int i = 0; i < layers; i++) {
            x = make.layer(make.size(), x);
        }
        return make.graph.output(x).build();
    }

    /** Residual blocks: main path, shortcut, addition in place; views and scratch in between. */
    static Graph residual(long seed, int blocks) {
        RandomGraphs make = new RandomGraphs(seed);
        Value x = make.graph.input("x", make.size());
        for (int i = 0; i < blocks; i++) {
            int size = make.size();
            Value main = x;
            for (int j = make.random.nextInt(3); j >= 0; j--) {
                main = make.layer(j == 0 ? size : make.size(), main);
            }
            Value shortcut = x.shape().size() == size ? x : make.layer(size, x);
            x = make.graph.elementwise(make.name("add"), main, shortcut);
            x = make.random.nextInt(4) == 0 ? make.graph.view(make.name("view"), x) : x;
        }
        return make.graph.output(x).build();
    }

    /** Anything goes: several inputs and outputs, long reaches, views, in-place and repeated operands, scratch. */
    static Graph tangle(long seed, int nodes) {
        RandomGraphs make = new RandomGraphs(seed);
        List<Value> values = new ArrayList<>();
        for (int i = make.random.nextInt(3); i >= 0; i--) {
            values.add(make.graph.input(make.name("in"), make.size()));
        }
        for (int i = 0; i < nodes; i++) {
            values.add(make.anything(values));
        }
        for (int i = make.random.nextInt(3); i >= 0; i--) {
            make.graph.output(values.get(make.random.nextInt(values.size())));
        }
        return make.graph.output(values.get(values.size() - 1)).build();
    }

    private Value anything(List<Value> values) {
        Value a = recent(values);
        Value b = recent(values);
        return switch (random.nextInt(6)) {
            case 0 -> graph.view(name("view"), a);
            case 1 -> graph.elementwise(name("map"), a);
            case 2, 3 -> graph.compute(name("add"), a.shape().size(), Set.of(0, 1), 0, a, b);
            default -> layer(size(), a, b);
        };
    }

    /** Mostly one of the last values. */
    private Value recent(List<Value> values) {
        int back = Math.min(values.size(), random.nextInt(5) == 0 ? values.size() : 4);
        return values.get(values.size() - 1 - random.nextInt(back));
    }

    private Value layer(int size, Value... from) {
        return graph.compute(name("layer"), size, Set.of(), random.nextInt(3) == 0 ? random.nextInt(300) : 0, from);
    }

    /** Few distinct sizes with large ratios, as in networks, and odd ones. */
    private int size() {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(2000) : 64 << random.nextInt(6);
    }

    private String name(String kind) {
        return kind + names++;
    }
}
