package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import qcc.interpreter.IntegerInterpreter;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.model.QuantizeSettings;
import qcc.ops.IntegerOperation;
import qcc.ops.LayerScheme;
import qcc.ops.Rounding;
import qcc.ops.Scales;
import qcc.passes.Verifier;
import qcc.quant.Samples;
import qcc.tensor.IntTensor;

/** Passes that claim to change no result: on random networks, each alone and all together leave all outputs alone. */
class CleanUpTest {
    private static final int NETWORKS = 150;
    private static final int INPUTS = 9;

    @Test
    void optionalPassesLeaveEveryOutputUnchanged() {
        List<Pass> optional = PassTable.all().stream().filter(Pass::optional).toList();
        Map<String, Integer> changed = new HashMap<>();
        for (long seed = 0; seed < NETWORKS; seed++) {
            Graph before = integerGraph(seed);
            Samples samples = Samples.random(before, seed, 2, Span.wholeFile("test"));
            List<List<IntTensor>> inputs = Inputs.mixture(before, samples, INPUTS, seed);
            List<List<IntTensor>> expected = outputs(before, inputs);
            Graph all = before;
            for (Pass pass : optional) {
                Graph alone = pass.function().apply(before, null);
                check(alone, inputs, expected, "seed " + seed + ", " + pass.name());
                changed.merge(pass.name(), alone.nodes().equals(before.nodes()) ? 0 : 1, Integer::sum);
                all = pass.function().apply(all, null);
                check(all, inputs, expected, "seed " + seed + ", passes up to " + pass.name());
            }
            changed.merge("fewer MACs", macs(all) < macs(before) ? 1 : 0, Integer::sum);
        }
        assertThat(changed.get("remove-dead-channels")).isGreaterThan(NETWORKS / 2);
        assertThat(changed.get("fewer MACs")).isGreaterThan(NETWORKS / 2);
        assertThat(changed.get("fuse-pads")).isGreaterThan(NETWORKS / 20);
        assertThat(changed.get("merge-lookups")).isGreaterThan(NETWORKS / 20);
        assertThat(changed.get("simplify-sums")).isGreaterThan(NETWORKS / 20);
    }

    static Graph integerGraph(long seed) {
        Graph graph = RandomNetwork.of(seed);
        Scales scales = seed % 2 == 0 ? Scales.POWER_OF_TWO : Scales.DYADIC;
        QuantizeSettings settings = new QuantizeSettings(new LayerScheme(scales, 8, seed % 3 != 0, Rounding.HALF_UP),
                false, QuantizeSettings.DEFAULT.method(), QuantizeSettings.DEFAULT.calibration(), Goal.DEFAULT);
        Graph integer = new PassRunner((pass, result) -> { }, false)
                .run(graph, new PassContext(settings, Samples.random(graph, seed, 4, Span.wholeFile("test"))))
                .get(Stage.INTEGER);
        return seed % 4 < 2 ? integer : TfliteVariant.of(integer, seed);
    }

    private static List<List<IntTensor>> outputs(Graph graph, List<List<IntTensor>> inputs) {
        return inputs.stream().map(sample -> IntegerInterpreter.run(graph, sample).outputs()).toList();
    }

    private static void check(Graph graph, List<List<IntTensor>> inputs, List<List<IntTensor>> expected, String what) {
        Verifier.check(graph);
        assertThat(outputs(graph, inputs)).as(what).isEqualTo(expected);
    }

    private static long macs(Graph graph) {
        return graph.nodes().stream().mapToLong(node -> ((IntegerOperation) node.operation()).macs()).sum();
    }
}
