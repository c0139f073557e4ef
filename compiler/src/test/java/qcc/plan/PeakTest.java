package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import qcc.ir.Graph;
import qcc.ir.Value;

class PeakTest {
    private final TestGraph graph = new TestGraph();

    @Test
    void namesWhatIsAliveWithTheLargestFirst() {
        Value x = graph.input("x", 10);
        Value a = graph.compute("a", 30, x);
        Value b = graph.compute("b", 50, Set.of(), 17, a);
        graph.output(graph.compute("c", 4, b, x));

        Peak peak = peak();
        assertThat(peak.step()).isEqualTo(1);
        assertThat(peak.node()).map(node -> node.name()).contains("b");
        assertThat(peak.bytes()).isEqualTo(52 + 32 + 20 + 12);
        assertThat(peak.residents()).containsExactly(
                new Peak.Resident(Optional.of(b), "b", 52),
                new Peak.Resident(Optional.of(a), "a", 32),
                new Peak.Resident(Optional.empty(), "b", 20),
                new Peak.Resident(Optional.of(x), "x", 12));
    }

    @Test
    void aStorageIsCountedOnceUnderItsYoungestName() {
        Value x = graph.input("x", 40);
        Value a = graph.elementwise("a", x);
        Value v = graph.view("v", a);
        graph.output(graph.compute("b", 8, v));

        Peak peak = peak();
        assertThat(peak.step()).isEqualTo(2);
        assertThat(peak.bytes()).isEqualTo(48);
        assertThat(peak.residents()).extracting(Peak.Resident::name).containsExactly("v", "b");
    }

    @Test
    void thePeakMayBeBeforeTheFirstLayer() {
        Value x = graph.input("x", 40);
        graph.input("unused", 60);
        graph.output(graph.compute("a", 8, x));

        Peak peak = peak();
        assertThat(peak.step()).isEqualTo(Lifetime.BEFORE);
        assertThat(peak.node()).isEmpty();
        assertThat(peak.residents()).extracting(Peak.Resident::name).containsExactly("unused", "x");
    }

    @Test
    void theFirstOfEqualPeaksIsNamed() {
        Value a = graph.compute("a", 40, graph.input("x", 40));
        graph.output(graph.compute("b", 40, a));

        assertThat(peak().step()).isZero();
    }

    @Test
    void equalsTheLowerBoundWhenEverythingIsInPlace() {
        for (int seed = 0; seed < 100; seed++) {
            Graph residual = RandomGraphs.residual(seed, 6);
            MemoryPlan plan = MemoryPlanner.plan(residual, TestGraph.KERNELS);
            Peak peak = Peak.of(residual, plan);
            assertThat(peak.bytes()).as("seed %d", seed).isEqualTo(plan.lowerBound())
                    .isEqualTo(peak.residents().stream().mapToLong(Peak.Resident::bytes).sum());
        }
    }

    private Peak peak() {
        Graph built = graph.build();
        return Peak.of(built, MemoryPlanner.plan(built, TestGraph.KERNELS));
    }
}
