package qcc.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.numpy.NumpyArray;
import qcc.ops.Constant;
import qcc.ops.Conv2d;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tensor.Shape;
import qcc.testing.TestModels;

class ProgramTest {
    @TempDir
    private Path folder;

    private Program program(String shape, String body, String parameters, String target) {
        return ProgramBuilder.build(TestModels.compilation(folder, "model test(x: " + shape + " in [-2, 2]) -> y {\n"
                + body + "\n}\nparameters " + parameters + "\n").graph(Stage.INTEGER),
                new Targets(Installation.find()).load(target), Goal.DEFAULT);
    }

    @Test
    void literalsAreNamedAsInC() {
        Extent two = new Extent(2, 2);
        Window window = Window.of(Shape.of(9, 8, 3), new Extent(3, 2), two, new Padding.Same(), new Extent(1, 1));
        Map<String, Integer> literals = Literals.of(new Conv2d.Geometry(window, 3, 5, 1, -7));
        assertThat(literals).containsExactly(Map.entry("in_h", 9), Map.entry("in_w", 8), Map.entry("out_h", 5),
                Map.entry("out_w", 4), Map.entry("kernel_h", 3), Map.entry("kernel_w", 2), Map.entry("stride_h", 2),
                Map.entry("stride_w", 2), Map.entry("pad_top", 1), Map.entry("pad_left", 0),
                Map.entry("dilation_h", 1), Map.entry("dilation_w", 1), Map.entry("in_c", 3), Map.entry("out_c", 5),
                Map.entry("groups", 1), Map.entry("in_zero", -7));
    }

    /** Two layers with the same arrays, on values with the same quantisation, share them in flash. */
    @Test
    void equalArraysExistOnce() {
        TestModels.writeNpz(folder, "w.npz", Map.of(
                "a.weight", NumpyArray.ofFloats(new int[] {3, 3}, 1, 0, 0, 0, 1, 0, 0, 0, 1),
                "b.weight", NumpyArray.ofFloats(new int[] {3, 3}, 1, 0, 0, 0, 1, 0, 0, 0, 1),
                "c.weight", NumpyArray.ofFloats(new int[] {3, 3}, 1, 0, 0, 0, 1, 0, 0, 0.5f, 1)));
        Program program = program("[3]", "p = x |> dense(3, bias = false) as a q = x |> dense(3, bias = false) as b"
                + " r = x |> dense(3, bias = false) as c y = concat(p, q, r)", "\"w.npz\"", "host");
        List<String> weights = program.steps().stream().filter(step -> step.constants().containsKey("weights"))
                .map(step -> step.constants().get("weights")).toList();
        assertThat(weights).containsExactly("a_weights", "a_weights", "c_weights");
        assertThat(program.constants()).extracting(ConstantArray::symbol).doesNotHaveDuplicates();
        assertThat(program.constants()).extracting(array -> array.content().data() + ":" + array.content().type()
                + array.symbol()).doesNotHaveDuplicates();
        assertThat(program.constantBytes()).isEqualTo(
                program.constants().stream().mapToInt(array -> array.content().bytes()).sum());
    }

    @Test
    void layersWhoseIdentifiersCoincideKeepTheirOwnArrays() {
        Program program = program("[3]", "block b(t) = t |> dense(4) as fc  y = x |> b as n |> dense(3) as n_fc",
                "random(1)", "host");
        assertThat(program.constants().stream().map(ConstantArray::symbol)
                .filter(symbol -> symbol.contains("weights")).toList()).containsExactly("n_fc_weights", "n_fc_weights_2");
    }

    /** Of the kernels that can compute a layer, speed takes the fastest and size the one with the fewest bytes. */
    @Test
    void theGoalWeighsKernels() {
        Graph graph = TestModels.compilation(folder, "model test(x: [16, 16, 16] in [-2, 2]) -> y {\n"
                + "y = x |> conv2d(16, 3, padding = same)\n}\nparameters random(1)\nquantize { weights int6 }\n")
                .graph(Stage.INTEGER);
        Target target = new Targets(Installation.find()).load("cortex-m4");
        assertThat(KernelSelection.of(graph, target, Goal.SPEED).get(0).chosen().kernel())
                .isEqualTo("conv2d_f4x4_dsp");
        assertThat(KernelSelection.of(graph, target, Goal.SIZE).get(0).chosen().kernel())
                .isEqualTo("conv2d_stacked_dsp");
        assertThat(KernelExplanation.of(KernelSelection.of(graph, target, Goal.SIZE), Goal.SIZE))
                .contains("conv2d: conv2d_stacked_dsp (", "not conv2d_stacked_rows_dsp: `in_c < 4` does not hold",
                        "bytes): more flash than it is worth");
    }

    @Test
    void theMostSpecificKernelIsTaken() {
        String body = "y = x |> conv2d(8, 3) |> conv2d(8, 3, groups = 2) |> depthwise_conv2d(2)"
                + " |> depthwise_conv2d(1, multiplier = 2) |> dense(5)";
        assertThat(program("[12, 12, 4]", body, "random(1)", "host").steps())
                .extracting(step -> step.kernel().name())
                .containsExactly("conv2d", "conv2d", "depthwise_conv2d", "depthwise_conv2d", "dense");
        Program dsp = program("[12, 12, 4]", body, "random(1)", "cortex-m4");
        assertThat(dsp.steps()).extracting(step -> step.kernel().name())
                .containsExactly("conv2d_stacked_dsp", "conv2d", "depthwise_conv2d_dsp", "depthwise_conv2d",
                        "dense_stacked_dsp");
        assertThat(dsp.steps()).extracting(step -> step.scratch().isPresent())
                .containsExactly(true, false, true, false, false);
        assertThat(dsp.constants()).filteredOn(array -> array.content().type() == Constant.CType.INT8)
                .extracting(array -> array.content().data().size())
                .containsExactly(8 * 9 * 4, 8 * 9 * 4, 2 * 2 * 8, 16, (5 + 3) * 7 * 7 * 16);
    }

    @Test
    void viewsCostNothing() {
        Program program = program("[4, 4, 2]", "y = x |> relu |> flatten |> reshape([8, 4]) |> softmax",
                "random(1)", "host");
        assertThat(program.steps()).extracting(step -> step.node().operation().mnemonic())
                .containsExactly("lookup", "softmax");
        assertThat(program.arenaBytes()).isEqualTo(32);
    }

    private Program program(Goal goal, MemoryOptions options) {
        return ProgramBuilder.build(TestModels.compilation(folder, "model test(x: [16, 16, 4] in [-2, 2]) -> y {\n"
                + "y = x |> conv2d(16, 3, padding = same) |> conv2d(16, 3, padding = same) |> max_pool(4)\n}\n"
                + "parameters random(1)\n").graph(Stage.INTEGER), new Targets(Installation.find()).load("host"), goal,
                options);
    }

    @Test
    void aBudgetTakesStreamsOnlyWhereTheyAreNeeded() {
        int fast = program(Goal.SPEED, MemoryOptions.DEFAULT).arenaBytes();
        int small = program(Goal.SIZE, MemoryOptions.DEFAULT).arenaBytes();
        assertThat(small).isLessThan(fast);
        Program enough = program(Goal.SIZE, new MemoryOptions(OptionalLong.of(fast), InputUse.CONSUMED));
        assertThat(enough.streams()).isEmpty();
        assertThat(enough.arenaBytes()).isEqualTo(fast);
        Program tight = program(Goal.SPEED, new MemoryOptions(OptionalLong.of(fast - 1), InputUse.CONSUMED));
        assertThat(tight.streams()).isNotEmpty();
        assertThat(tight.arenaBytes()).isLessThan(fast);
        assertThat(program(Goal.SPEED, new MemoryOptions(OptionalLong.of(8), InputUse.CONSUMED)).arenaBytes()).isEqualTo(small);
    }

    /** Whatever is taken, the front is the same: each arena needs less RAM and more instructions than the one before. */
    @Test
    void theFrontOfRamAgainstInstructionsIsTold() {
        RamChoice fast = program(Goal.SPEED, MemoryOptions.DEFAULT).choice();
        assertThat(fast.hasAlternatives()).isTrue();
        assertThat(fast.taken()).isZero();
        assertThat(fast.options().get(0).percent()).isZero();
        for (int i = 1; i < fast.options().size(); i++) {
            assertThat(fast.options().get(i).bytes()).isLessThan(fast.options().get(i - 1).bytes());
            assertThat(fast.options().get(i).percent()).isGreaterThanOrEqualTo(fast.options().get(i - 1).percent());
            assertThat(fast.options().get(i).streams()).isPositive();
        }
        for (RamChoice.Option option : fast.options()) {
            Program program = program(Goal.SPEED,
                    new MemoryOptions(OptionalLong.of(option.bytes()), InputUse.CONSUMED));
            assertThat(program.arenaBytes()).isEqualTo(option.bytes());
            assertThat(program.choice()).isEqualTo(new RamChoice(fast.options(), fast.options().indexOf(option)));
            assertThat(ProgramPrinter.print(program)).contains("    " + option.bytes() + " bytes: " + option.cost()
                    + " (taken)\n");
        }
    }

    @Test
    void inputsThatAreKeptLieBesideEverythingElse() {
        Program kept = program(Goal.SIZE, new MemoryOptions(OptionalLong.empty(), InputUse.PRESERVED));
        Place input = kept.inputs().get(0).place();
        assertThat(kept.steps()).allSatisfy(step -> assertThat(step.output().offset() + step.output().bytes()
                <= input.offset() || input.offset() + input.bytes() <= step.output().offset()
                || step.rows().isPresent()).isTrue());
        assertThat(kept.arenaBytes()).isGreaterThan(program(Goal.SIZE, MemoryOptions.DEFAULT).arenaBytes());
        assertThat(kept.outputs()).hasSize(1);
        assertThat(kept.memory().places().get(input.value().id()).lifetime().last())
                .isEqualTo(kept.planned().nodes().size());
    }

    @Test
    void inputsThatAreSuppliedAreInAStream() {
        MemoryOptions rows = new MemoryOptions(OptionalLong.empty(), InputUse.ROWS);
        for (Goal goal : Goal.values()) {
            Program program = program(goal, rows);
            assertThat(program.inputs()).allMatch(Port::supplied);
            assertThat(program.memory().places()).doesNotContainKey(program.inputs().get(0).place().value().id());
            assertThat(program.savings().rows())
                    .isEqualTo(program(goal, MemoryOptions.DEFAULT).arenaBytes() - program.arenaBytes());
        }
        assertThat(program(Goal.SIZE, rows).savings().rows()).isPositive();
    }

    @Test
    void theSameGraphGivesTheSameProgram() {
        List<String> printed = List.of("host", "host").stream().map(target -> ProgramPrinter.print(program("[9, 9, 3]",
                "y = x |> conv2d(6, 3) |> relu |> max_pool(2) |> dense(4) |> softmax", "random(1)", target)))
                .collect(Collectors.toList());
        assertThat(printed.get(0)).isEqualTo(printed.get(1)).contains("conv2d", "arena", "constants");
    }
}
