package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.ir.Value;

/** Outputs that overlap their inputs by as much as the kernels' sweeps allow. */
class OverlapTest {
    private static final long NEVER = Long.MIN_VALUE;

    /** Sweeps by node; the scratch that the graph states. */
    private record Swept(Map<String, Sweep> sweeps) implements KernelMemory {
        @Override
        public int scratchBytes(Node node) {
            return TestGraph.KERNELS.scratchBytes(node);
        }

        @Override
        public Sweep sweep(Node node) {
            return sweeps.containsKey(node.name()) ? sweeps.get(node.name()) : TestGraph.KERNELS.sweep(node);
        }
    }

    @Test
    void theGapIsWhereNoStepWritesWhatIsStillRead() {
        Sweep growing = new Sweep(new long[] {8, 16, 24, 32}, new long[][] {{4, 8, 12, 16}}, new long[] {16});
        assertThat(growing.below(0)).isEqualTo(-12);
        assertThat(growing.above(0)).isEqualTo(16);
        Sweep aside = new Sweep(new long[] {8, 16}, new long[][] {{12, 16}}, new long[] {16});
        assertThat(aside.below(0)).isEqualTo(4);
        Sweep ahead = new Sweep(new long[] {8, 16}, new long[][] {{16, 16}}, new long[] {16});
        assertThat(ahead.below(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(ahead.above(0)).isEqualTo(NEVER);
        assertThat(ahead.allows(0, 3)).isTrue();
        assertThat(Sweep.unknown(8, new long[] {16}).below(0)).isEqualTo(-8);
    }

    /** Channel by channel, whole pixels apart: 3 bytes are one. */
    @Test
    void anInterleavedSweepKeepsChannelsApart() {
        Sweep aside = new Sweep(new long[] {9, 18}, new long[][] {{15, 18}}, new long[] {18}).interleaved(3);
        assertThat(List.of(-6L, -3L, 0L, 3L, 6L, 18L)).allMatch(delta -> aside.allows(0, delta));
        assertThat(List.of(-1L, 1L, 4L, 9L, 17L)).noneMatch(delta -> aside.allows(0, delta));
        Sweep ahead = new Sweep(new long[] {9, 18}, new long[][] {{18, 18}}, new long[] {18}).interleaved(3);
        assertThat(ahead.allows(0, 9)).isTrue();
        assertThat(ahead.allows(0, 10)).isFalse();
    }

    @Test
    void stepsAscend() {
        assertThatIllegalArgumentException().isThrownBy(() ->
                new Sweep(new long[] {8, 4}, new long[][] {{0, 0}}, new long[] {16}));
        assertThatIllegalArgumentException().isThrownBy(() ->
                new Sweep(new long[] {4, 8}, new long[][] {{4, 0}}, new long[] {16}));
        assertThatIllegalArgumentException().isThrownBy(() ->
                new Sweep(new long[] {4, 8}, new long[][] {{4, 20}}, new long[] {16}));
    }

    /** Every place of an output is right exactly when the sweep allows it; the replay knows nothing of gaps. */
    @Test
    void theReplayAgreesWithTheGap() {
        Random random = new Random(7);
        int overlapping = 0;
        int forbidden = 0;
        for (int i = 0; i < 60; i++) {
            TestGraph graph = new TestGraph();
            int in = 4 * (1 + random.nextInt(12));
            int out = 4 * (1 + random.nextInt(12));
            Value x = graph.input("x", in);
            Value y = graph.compute("y", out, x);
            Graph built = graph.output(y).build();
            Sweep sweep = randomSweep(random, out, in);
            Swept kernels = new Swept(Map.of("y", i % 3 == 0 ? sweep.interleaved(8) : sweep));
            for (long at = 0; at <= 100; at += 4) {
                boolean right = PlanCheck.violations(built, plan(built, Map.of("x", 48L, "y", at)), kernels).isEmpty();
                long delta = at - 48;
                boolean apart = delta >= in || delta <= -out;
                assertThat(right).as("%d: %d to %d at %d", i, in, out, delta)
                        .isEqualTo(apart || kernels.sweep(built.nodes().get(0)).allows(0, delta));
                overlapping += right && !apart ? 1 : 0;
                forbidden += right ? 0 : 1;
            }
        }
        assertThat(overlapping).isGreaterThan(100);
        assertThat(forbidden).isGreaterThan(100);
    }

    /** Random chains with scratch: plans are right, never larger than without overlap, and mostly as small as known. */
    @Test
    void chainsReachTheirBound() {
        int atBound = 0;
        for (int seed = 0; seed < 60; seed++) {
            Graph graph = RandomGraphs.chain(seed, 4 + seed / 4);
            Random random = new Random(seed);
            Map<String, Sweep> sweeps = new LinkedHashMap<>();
            graph.nodes().forEach(node -> sweeps.put(node.name(), randomSweep(random, node.output().shape().size(),
                    node.inputs().get(0).shape().size())));
            MemoryPlan plan = MemoryPlanner.plan(graph, new Swept(sweeps));
            PlanCheck.require(graph, plan, new Swept(sweeps));
            assertThat(plan.arenaBytes()).isLessThanOrEqualTo(
                    MemoryPlanner.plan(graph, TestGraph.KERNELS).arenaBytes());
            assertThat(plan.arenaBytes()).isGreaterThanOrEqualTo(plan.lowerBound());
            atBound += plan.arenaBytes() == plan.lowerBound() ? 1 : 0;
        }
        assertThat(atBound).isGreaterThanOrEqualTo(48);
    }

    /** A layer that doubles its input writes from the front while it reads the end: 9 of 10 parts are shared. */
    @Test
    void aGrowingOutputBeginsBelowItsInput() {
        TestGraph graph = new TestGraph();
        Value x = graph.input("x", 40);
        graph.output(graph.compute("y", 80, x));
        long[] written = new long[10];
        long[][] needed = new long[1][10];
        for (int i = 0; i < 10; i++) {
            written[i] = 8 * (i + 1);
            needed[0][i] = 4 * (i + 1);
        }
        Graph built = graph.build();
        Swept kernels = new Swept(Map.of("y", new Sweep(written, needed, new long[] {40})));
        MemoryPlan plan = MemoryPlanner.plan(built, kernels);
        PlanCheck.require(built, plan, kernels);
        assertThat(plan.arenaBytes()).isEqualTo(80);
    }

    private static Sweep randomSweep(Random random, long out, long in) {
        int steps = 1 + random.nextInt(6);
        long[] written = new long[steps];
        long[][] needed = new long[1][steps];
        for (int i = 0; i < steps; i++) {
            written[i] = i == steps - 1 ? out : out * (i + 1) / steps;
            long before = i == 0 ? 0 : needed[0][i - 1];
            needed[0][i] = Math.max(before, Math.min(in, in * (i + random.nextInt(3)) / steps));
        }
        return new Sweep(written, needed, new long[] {in});
    }

    private static MemoryPlan plan(Graph graph, Map<String, Long> offsets) {
        List<MemoryPlan.Storage> storages = new ArrayList<>();
        for (Value value : graph.values()) {
            Lifetime ignored = new Lifetime(0, 0);
            long offset = offsets.get(value.name());
            storages.add(new MemoryPlan.Storage(offset, value.shape().size(), ignored,
                    List.of(new MemoryPlan.PlacedValue(value, offset, ignored, Optional.empty()))));
        }
        return new MemoryPlan(160, 0, storages, Map.of());
    }
}
