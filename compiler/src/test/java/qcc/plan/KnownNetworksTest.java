package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import qcc.ir.Graph;
import qcc.ir.Value;

/** The networks of MLPerf Tiny by their tensor sizes; each arena is known to be the smallest without overlap. */
class KnownNetworksTest {
    private static final int IM2COL = 2 * 3 * 3 * 16 * 2;
    private final TestGraph graph = new TestGraph();

    @Test
    void keywordSpotting() {
        Value x = graph.compute("conv", 25 * 5 * 64, graph.input("mfcc", 49 * 10));
        for (int i = 0; i < 4; i++) {
            x = graph.compute("depthwise" + i, 25 * 5 * 64, x);
            x = graph.compute("pointwise" + i, 25 * 5 * 64, x);
        }
        x = graph.view("flatten", graph.compute("pool", 64, x));
        graph.output(graph.elementwise("softmax", graph.compute("dense", 12, x)));

        assertThat(arenaBytes()).isEqualTo(16_000);
    }

    @Test
    void visualWakeWords() {
        Value x = graph.compute("conv", 48 * 48 * 8, graph.input("image", 96 * 96 * 3));
        int[][] blocks = {{48, 8, 48, 16}, {48, 16, 24, 32}, {24, 32, 24, 32}, {24, 32, 12, 64}, {12, 64, 12, 64},
            {12, 64, 6, 128}, {6, 128, 6, 128}, {6, 128, 3, 256}, {3, 256, 3, 256}};
        for (int[] block : blocks) {
            x = graph.compute("depthwise" + block[1] + "x" + x.id(), block[2] * block[2] * block[1], x);
            x = graph.compute("pointwise" + block[3] + "x" + x.id(), block[2] * block[2] * block[3], x);
        }
        x = graph.view("flatten", graph.compute("pool", 256, x));
        graph.output(graph.elementwise("softmax", graph.compute("dense", 2, x)));

        assertThat(arenaBytes()).isEqualTo(55_296);
    }

    @Test
    void imageClassification() {
        Value x = graph.compute("conv", 32 * 32 * 16, graph.input("image", 32 * 32 * 3));
        for (int i = 0; i < 3; i++) {
            int size = 32 * 32 * 16 >> i;
            Value main = graph.compute("a" + i, size, Set.of(), IM2COL << i, x);
            main = graph.compute("b" + i, size, Set.of(), IM2COL << i, main);
            Value shortcut = i == 0 ? x : graph.compute("shortcut" + i, size, x);
            x = graph.elementwise("add" + i, shortcut, main);
        }
        graph.output(graph.elementwise("softmax", graph.compute("dense", 10, graph.compute("pool", 64, x))));

        assertThat(arenaBytes()).isEqualTo(3 * 16_384 + IM2COL);
    }

    @Test
    void anomalyDetection() {
        Value x = graph.input("spectrogram", 640);
        int[] layers = {128, 128, 128, 128, 8, 128, 128, 128, 128, 640};
        for (int i = 0; i < layers.length; i++) {
            x = graph.compute("dense" + i, layers[i], x);
        }
        graph.output(x);

        assertThat(arenaBytes()).isEqualTo(768);
    }

    private long arenaBytes() {
        Graph built = graph.build();
        MemoryPlan plan = MemoryPlanner.plan(built, TestGraph.KERNELS);
        PlanCheck.require(built, plan, TestGraph.KERNELS);
        assertThat(plan.arenaBytes()).isEqualTo(plan.lowerBound());
        return plan.arenaBytes();
    }
}
