package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import qcc.ir.Graph;
import qcc.ir.Value;

class PlanCheckTest {
    private final TestGraph graph = new TestGraph();

    /**
     * Moves every storage and every scratch buffer of many plans to every offset. The plan is then wrong exactly when
     * the moved bytes meet others that are alive in the same step.
     */
    @Test
    void aMovedBufferIsCaughtExactlyWhenItMeetsALivingOne() {
        int wrong = 0;
        int right = 0;
        for (int seed = 0; seed < 40; seed++) {
            Graph graph = withoutInPlace(seed);
            MemoryPlan plan = MemoryPlanner.plan(graph, TestGraph.KERNELS);
            List<Buffer> buffers = buffers(plan);
            for (int i = 0; i < buffers.size(); i++) {
                Buffer buffer = buffers.get(i);
                for (long offset = 0; offset + buffer.bytes() <= plan.arenaBytes(); offset += 4) {
                    boolean expected = isFree(buffers, i, offset);
                    List<String> found = PlanCheck.violations(graph, moved(plan, i, offset), TestGraph.KERNELS);
                    assertThat(found.isEmpty()).as("seed %d, buffer %d at %d: %s", seed, i, offset, found)
                            .isEqualTo(expected);
                    wrong += expected ? 0 : 1;
                    right += expected ? 1 : 0;
                }
            }
        }
        assertThat(wrong).isGreaterThan(1000);
        assertThat(right).isGreaterThan(1000);
    }

    @Test
    void oneByteIsNotAligned() {
        Value x = graph.input("x", 8);
        graph.output(graph.compute("a", 6, x));

        assertThat(violations(16, Map.of("x", 0L, "a", 9L))).containsExactly("a at 9 is not aligned");
        assertThat(violations(15, Map.of("x", 0L, "a", 8L))).containsExactly("the arena's size 15 is not aligned");
    }

    @Test
    void theArenaHasAnEnd() {
        Value x = graph.input("x", 8);
        graph.output(graph.compute("a", 6, x));

        assertThat(violations(12, Map.of("x", 0L, "a", 8L)))
                .containsExactly("a at 8 leaves the arena of 12 bytes");
        assertThat(violations(16, Map.of("x", -4L, "a", 8L)))
                .containsExactly("x at -4 leaves the arena of 16 bytes");
    }

    @Test
    void everyValueNeedsAPlace() {
        Value x = graph.input("x", 8);
        graph.output(graph.compute("a", 8, x));

        assertThat(violations(16, Map.of("x", 0L))).containsExactly("a has no place");
    }

    @Test
    void everyScratchNeedsItsBytes() {
        Value x = graph.input("x", 8);
        graph.output(graph.compute("a", 8, Set.of(), 5, x));

        assertThat(violations(32, Map.of("x", 0L, "a", 8L)))
                .containsExactly("the scratch of a has 0 bytes instead of 5");
    }

    @Test
    void inputsMustNotOverlapEvenIfUnused() {
        Value x = graph.input("x", 8);
        graph.input("unused", 8);
        graph.output(graph.compute("a", 8, x));

        assertThat(violations(16, Map.of("x", 0L, "unused", 4L, "a", 8L))).isNotEmpty();
        assertThat(violations(16, Map.of("x", 0L, "unused", 8L, "a", 8L))).isEmpty();
    }

    @Test
    void workingInPlaceNeedsThePermissionOfTheOperation() {
        Value x = graph.input("x", 8);
        graph.output(graph.compute("a", 8, x));

        assertThat(violations(8, Map.of("x", 0L, "a", 0L)))
                .containsExactly("a overwrites its input x while it still reads it");
    }

    @Test
    void workingInPlaceNeedsTheExactPlace() {
        Value x = graph.input("x", 8);
        graph.output(graph.elementwise("a", x));

        assertThat(violations(16, Map.of("x", 0L, "a", 0L))).isEmpty();
        assertThat(violations(16, Map.of("x", 0L, "a", 4L))).isNotEmpty();
    }

    @Test
    void workingInPlaceNeedsThePermissionForEveryInput() {
        Value x = graph.input("x", 8);
        graph.output(graph.compute("a", 8, Set.of(0), 0, x, x));

        assertThat(violations(8, Map.of("x", 0L, "a", 0L))).isNotEmpty();
    }

    @Test
    void whatWasOverwrittenInPlaceIsLost() {
        Value x = graph.input("x", 8);
        Value a = graph.elementwise("a", x);
        graph.output(graph.compute("b", 8, a, x));

        assertThat(violations(16, Map.of("x", 0L, "a", 0L, "b", 8L))).singleElement().asString()
                .startsWith("byte 0 of x is lost when b begins");
    }

    @Test
    void aViewIsWhereItsBytesAre() {
        Value x = graph.input("x", 8);
        graph.output(graph.view("v", x));

        assertThat(violations(16, Map.of("x", 0L, "v", 0L))).isEmpty();
        assertThat(violations(16, Map.of("x", 0L, "v", 8L)))
                .contains("v is not where its bytes are as the view v");
    }

    @Test
    void anOverwrittenOutputIsFound() {
        Value x = graph.input("x", 8);
        Value a = graph.compute("a", 8, x);
        graph.output(a).output(graph.compute("b", 5, x));

        assertThat(violations(24, Map.of("x", 0L, "a", 8L, "b", 12L))).singleElement().asString()
                .startsWith("byte 4 of a is lost after the last step");
    }

    @Test
    void requireThrowsWithTheViolations() {
        graph.output(graph.input("x", 8));
        MemoryPlan empty = new MemoryPlan(0, 0, List.of(), Map.of());

        assertThatIllegalStateException()
                .isThrownBy(() -> PlanCheck.require(graph.build(), empty, TestGraph.KERNELS))
                .withMessage("wrong memory plan: x has no place");
    }

    /** The violations of a plan that is written by hand: offsets by name, no scratch. */
    private List<String> violations(long arena, Map<String, Long> offsets) {
        Graph built = graph.build();
        List<MemoryPlan.Storage> storages = new ArrayList<>();
        for (Value value : built.values()) {
            if (offsets.containsKey(value.name())) {
                long offset = offsets.get(value.name());
                Lifetime ignored = new Lifetime(0, 0);
                storages.add(new MemoryPlan.Storage(offset, value.shape().size(), ignored,
                        List.of(new MemoryPlan.PlacedValue(value, offset, ignored, Optional.empty()))));
            }
        }
        return PlanCheck.violations(built, new MemoryPlan(arena, 0, storages, Map.of()), TestGraph.KERNELS);
    }

    /** Layers, views and scratch of small sizes; no operation works in place. */
    private static Graph withoutInPlace(int seed) {
        Random random = new Random(seed);
        TestGraph graph = new TestGraph();
        List<Value> values = new ArrayList<>(List.of(graph.input("x", 9), graph.input("y", 12)));
        for (int i = 0; i < 10; i++) {
            Value a = values.get(values.size() - 1 - random.nextInt(2));
            Value b = values.get(random.nextInt(values.size()));
            int scratch = random.nextInt(3) == 0 ? 1 + random.nextInt(10) : 0;
            values.add(random.nextInt(4) == 0 ? graph.view("view" + i, a)
                    : graph.compute("layer" + i, 1 + random.nextInt(20), Set.of(), scratch, a, b));
        }
        return graph.output(values.get(5)).output(values.get(values.size() - 1)).build();
    }

    /** A storage or a scratch buffer with the bytes that it really uses. */
    private record Buffer(long offset, long bytes, Lifetime lifetime) {
    }

    private static List<Buffer> buffers(MemoryPlan plan) {
        List<Buffer> buffers = new ArrayList<>();
        plan.storages().forEach(storage -> buffers.add(new Buffer(storage.offset(),
                storage.values().get(0).value().shape().size(), storage.lifetime())));
        plan.scratch().values().forEach(scratch -> buffers.add(
                new Buffer(scratch.offset(), scratch.bytes(), new Lifetime(scratch.step(), scratch.step()))));
        return buffers;
    }

    private static boolean isFree(List<Buffer> buffers, int moved, long offset) {
        Buffer a = buffers.get(moved);
        for (int i = 0; i < buffers.size(); i++) {
            Buffer b = buffers.get(i);
            boolean together = a.lifetime().first() <= b.lifetime().last()
                    && b.lifetime().first() <= a.lifetime().last();
            if (i != moved && together && offset < b.offset() + b.bytes() && b.offset() < offset + a.bytes()) {
                return false;
            }
        }
        return true;
    }

    /** The plan with one of its {@link #buffers} at another offset. */
    private static MemoryPlan moved(MemoryPlan plan, int buffer, long offset) {
        List<MemoryPlan.Storage> storages = new ArrayList<>(plan.storages());
        Map<String, MemoryPlan.Scratch> scratch = new LinkedHashMap<>(plan.scratch());
        if (buffer < storages.size()) {
            MemoryPlan.Storage old = storages.get(buffer);
            storages.set(buffer, new MemoryPlan.Storage(offset, old.bytes(), old.lifetime(), old.values().stream()
                    .map(placed -> new MemoryPlan.PlacedValue(placed.value(), offset, placed.lifetime(),
                            placed.sharing()))
                    .toList()));
        } else {
            String node = List.copyOf(scratch.keySet()).get(buffer - storages.size());
            scratch.computeIfPresent(node, (name, old) -> new MemoryPlan.Scratch(old.step(), offset, old.bytes()));
        }
        return new MemoryPlan(plan.arenaBytes(), plan.lowerBound(), storages, scratch);
    }
}
