package qcc.driver;

import static qcc.ir.Stage.CALIBRATED;
import static qcc.ir.Stage.INTEGER;
import static qcc.ir.Stage.TYPED;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qcc.ir.Stage;
import qcc.passes.ElideViews;
import qcc.passes.FoldBatchNorm;
import qcc.passes.FoldConstants;
import qcc.passes.FoldTransposes;
import qcc.passes.FuseClamps;
import qcc.passes.FusePads;
import qcc.passes.MergeLookups;
import qcc.passes.RemoveDeadChannels;
import qcc.passes.RemoveDeadCode;
import qcc.passes.SimplifySums;
import qcc.quant.AdaptiveRounding;
import qcc.quant.BiasCorrection;
import qcc.quant.Calibrator;
import qcc.quant.Equalisation;
import qcc.quant.Integeriser;
import qcc.quant.ScaleChoice;

/** Every pass, in the order in which they run. */
public final class PassTable {
    private static final List<Pass> ALL = List.of(
            new Pass("remove-dead-code", TYPED, TYPED, (graph, context) -> RemoveDeadCode.run(graph), false,
                    Map.of()),
            new Pass("fold-batch-norm", TYPED, TYPED, (graph, context) -> FoldBatchNorm.run(graph), false, Map.of(
                    "remove-dead-code", "a dead reader of a layer would keep it from taking up its batch norm")),
            new Pass("fuse-clamps", TYPED, TYPED, (graph, context) -> FuseClamps.run(graph), false, Map.of(
                    "fold-batch-norm", "an activation can only reach a layer once no batch norm stands between")),
            new Pass("equalise", TYPED, TYPED,
                    (graph, context) -> Equalisation.run(graph, context.settings(), context.samples()), false, Map.of(
                    "fold-batch-norm", "a factor on a channel would have to pass the batch norm",
                    "fuse-clamps", "a clamp that stands alone hides whether the layers before it may be scaled")),
            new Pass("choose-scales", TYPED, TYPED,
                    (graph, context) -> ScaleChoice.run(graph, context.settings(), context.samples(), context.work()),
                    false, Map.of(
                    "fuse-clamps", "a layer with its clamp has one scale",
                    "equalise", "it changes what powers of two cost")),
            new Pass("calibrate", TYPED, CALIBRATED,
                    (graph, context) -> Calibrator.run(graph, context.settings(), context.samples()), false, Map.of(
                    "fold-batch-norm", "the values before a batch norm do not exist in the firmware",
                    "fuse-clamps", "the range of a layer is that of its clamped result",
                    "equalise", "it changes the ranges",
                    "choose-scales", "it says which scales there are to choose from")),
            new Pass("adaround", CALIBRATED, CALIBRATED,
                    (graph, context) -> AdaptiveRounding.run(graph, context.settings(), context.samples(),
                            context.work()), false, Map.of(
                    "calibrate", "the weights are rounded to the scales that it chose")),
            new Pass("correct-bias", CALIBRATED, CALIBRATED,
                    (graph, context) -> BiasCorrection.run(graph, context.settings(), context.samples()), false, Map.of(
                    "calibrate", "the error of a layer is known once its integers are",
                    "adaround", "it changes the integers")),
            new Pass("integerise", CALIBRATED, INTEGER,
                    (graph, context) -> Integeriser.run(graph, context.settings()), false, Map.of(
                    "fold-batch-norm", "batch norm has no integer form")),
            new Pass("remove-dead-integer-code", INTEGER, INTEGER, (graph, context) -> RemoveDeadCode.run(graph), true,
                    Map.of()),
            new Pass("fold-constants", INTEGER, INTEGER, (graph, context) -> FoldConstants.run(graph), true,
                    Map.of()),
            new Pass("fold-transposes", INTEGER, INTEGER, (graph, context) -> FoldTransposes.run(graph), true,
                    Map.of()),
            new Pass("elide-views", INTEGER, INTEGER, (graph, context) -> ElideViews.run(graph), true, Map.of(
                    "fold-transposes", "transposes that undo each other become views")),
            new Pass("merge-lookups", INTEGER, INTEGER, (graph, context) -> MergeLookups.run(graph), true, Map.of(
                    "remove-dead-integer-code", "a dead reader of a table would keep it apart from the next one")),
            new Pass("fuse-pads", INTEGER, INTEGER, (graph, context) -> FusePads.run(graph), true, Map.of(
                    "remove-dead-integer-code", "a dead reader of a pad would keep it",
                    "merge-lookups", "a table without effect would stand between a pad and its convolution")),
            new Pass("remove-dead-channels", INTEGER, INTEGER, (graph, context) -> RemoveDeadChannels.run(graph),
                    true, Map.of(
                    "remove-dead-integer-code", "a dead reader would keep the channels that it reads",
                    "fuse-pads", "a constant channel is constant in a padded image only if it is the zero point")),
            new Pass("simplify-sums", INTEGER, INTEGER, (graph, context) -> SimplifySums.run(graph), true, Map.of(
                    "remove-dead-integer-code", "a dead sum need not be simplified")));

    static {
        requireOrder(ALL);
    }

    private PassTable() {
    }

    /** Throws {@link IllegalStateException} that names the first pass whose stage or constraints the order breaks. */
    static void requireOrder(List<Pass> passes) {
        Set<String> done = new HashSet<>();
        Stage stage = TYPED;
        for (Pass pass : passes) {
            if (pass.from() != stage) {
                throw new IllegalStateException("pass " + pass.name() + " takes a graph that is " + pass.from()
                        + ", not " + stage);
            }
            pass.after().forEach((other, reason) -> {
                if (!done.contains(other)) {
                    throw new IllegalStateException("pass " + pass.name() + " must run after " + other + ": "
                            + reason);
                }
            });
            if (!done.add(pass.name())) {
                throw new IllegalStateException("there are two passes " + pass.name());
            }
            stage = pass.to();
        }
        if (stage != INTEGER) {
            throw new IllegalStateException("the passes end at " + stage);
        }
    }

    public static List<Pass> all() {
        return ALL;
    }

    public static List<String> names() {
        return ALL.stream().map(Pass::name).toList();
    }
}
