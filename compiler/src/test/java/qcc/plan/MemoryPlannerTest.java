package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import qcc.ir.Graph;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.Lookup;
import qcc.ops.View;
import qcc.ops.WeightedAddition;
import qcc.tensor.Shape;

class MemoryPlannerTest {
    private static final Optional<Sharing> OWN = Optional.empty();
    private final TestGraph graph = new TestGraph();

    @Test
    void aChainNeedsItsLargestNeighbours() {
        Value x = graph.input("x", 100);
        Value a = graph.compute("a", 300, x);
        Value b = graph.compute("b", 50, a);
        graph.output(graph.compute("c", 320, b));

        assertThat(plan().arenaBytes()).isEqualTo(400);
    }

    @Test
    void lifetimesRunFromTheWritingStepToTheLastReadingStep() {
        Value x = graph.input("x", 8);
        Value a = graph.compute("a", 8, x);
        Value b = graph.compute("b", 8, a, x);
        Value unused = graph.compute("unused", 8, b);
        graph.output(b);

        MemoryPlan plan = plan();
        assertThat(place(plan, x).lifetime()).isEqualTo(new Lifetime(-1, 1));
        assertThat(place(plan, a).lifetime()).isEqualTo(new Lifetime(0, 1));
        assertThat(place(plan, b).lifetime()).isEqualTo(new Lifetime(1, 3));
        assertThat(place(plan, unused).lifetime()).isEqualTo(new Lifetime(2, 2));
    }

    @Test
    void sizesAreRoundedUpToTheAlignment() {
        Value x = graph.input("x", 5);
        graph.output(graph.compute("a", 3, x));

        MemoryPlan plan = plan();
        assertThat(plan.arenaBytes()).isEqualTo(12);
        assertThat(plan.storages()).extracting(MemoryPlan.Storage::bytes).containsExactly(8L, 4L);
    }

    @Test
    void theLastReaderOfAnInputWorksInPlace() {
        Value x = graph.input("x", 64);
        Value a = graph.elementwise("a", x);
        graph.output(graph.elementwise("b", a));

        MemoryPlan plan = plan();
        assertThat(plan.arenaBytes()).isEqualTo(64);
        assertThat(place(plan, a).sharing()).contains(new Sharing(Sharing.Reason.IN_PLACE, x.id()));
        assertThat(plan.storages()).singleElement().satisfies(storage -> {
            assertThat(storage.lifetime()).isEqualTo(new Lifetime(-1, 2));
            assertThat(storage.values()).hasSize(3);
        });
    }

    @Test
    void nothingIsOverwrittenThatIsReadLater() {
        Value x = graph.input("x", 64);
        Value a = graph.elementwise("a", x);
        graph.output(graph.compute("b", 8, a, x));

        assertThat(place(plan(), a).sharing()).isEqualTo(OWN);
    }

    @Test
    void anOutputOfTheGraphIsNotOverwritten() {
        Value x = graph.input("x", 64);
        Value a = graph.compute("a", 64, x);
        Value b = graph.elementwise("b", a);
        graph.output(a).output(b);

        assertThat(place(plan(), b).sharing()).isEqualTo(OWN);
    }

    @Test
    void theOtherOperandIsOverwrittenIfTheFirstIsStillNeeded() {
        Value x = graph.input("x", 64);
        Value a = graph.compute("a", 64, x);
        Value sum = graph.elementwise("sum", x, a);
        graph.output(graph.compute("b", 8, sum, x));

        assertThat(place(plan(), sum).sharing()).contains(new Sharing(Sharing.Reason.IN_PLACE, a.id()));
    }

    @Test
    void aBroadcastOperandIsTooSmallToBeOverwritten() {
        Value x = graph.input("x", 16);
        Value y = graph.input("y", 64);
        Value sum = graph.compute("sum", 64, Set.of(0), 0, x, y);
        graph.output(sum);

        assertThat(place(plan(), sum).sharing()).isEqualTo(OWN);
    }

    @Test
    void whatIsReadTwiceIsOverwrittenIfBothReadersAllowIt() {
        Value x = graph.input("x", 64);
        Value twice = graph.elementwise("twice", x, x);
        Value view = graph.view("view", twice);
        Value again = graph.elementwise("again", twice, view);
        graph.output(again);

        MemoryPlan plan = plan();
        assertThat(place(plan, twice).sharing()).contains(new Sharing(Sharing.Reason.IN_PLACE, x.id()));
        assertThat(place(plan, again).sharing()).contains(new Sharing(Sharing.Reason.IN_PLACE, twice.id()));
    }

    @Test
    void whatIsReadTwiceIsNotOverwrittenIfOneReaderForbidsIt() {
        Value x = graph.input("x", 64);
        Value twice = graph.compute("twice", 64, Set.of(0), 0, x, x);
        graph.output(twice);

        assertThat(place(plan(), twice).sharing()).isEqualTo(OWN);
        assertThat(plan().arenaBytes()).isEqualTo(128);
    }

    @Test
    void aViewSharesEvenIfItsInputIsReadLater() {
        Value x = graph.input("x", 64);
        Value a = graph.compute("a", 32, x);
        Value view = graph.view("view", a);
        Value b = graph.compute("b", 8, view);
        graph.output(graph.compute("c", 8, a, b));

        MemoryPlan plan = plan();
        assertThat(place(plan, view).sharing()).contains(new Sharing(Sharing.Reason.VIEW, a.id()));
        assertThat(place(plan, view).offset()).isEqualTo(place(plan, a).offset());
    }

    @Test
    void noNameOfAViewIsOverwrittenWhileAnotherIsNeeded() {
        Value x = graph.input("x", 64);
        Value view = graph.view("view", x);
        Value viewOfView = graph.view("viewOfView", view);
        Value a = graph.elementwise("a", viewOfView);
        Value b = graph.elementwise("b", x);
        graph.output(graph.compute("c", 8, a, b));

        MemoryPlan plan = plan();
        assertThat(place(plan, a).sharing()).isEqualTo(OWN);
        assertThat(place(plan, b).sharing()).contains(new Sharing(Sharing.Reason.IN_PLACE, x.id()));
    }

    @Test
    void anOutputMayBeAnInputOrAViewOfOne() {
        Value x = graph.input("x", 64);
        Value view = graph.view("view", x);
        Value a = graph.elementwise("a", x);
        graph.output(x).output(view).output(a);

        MemoryPlan plan = plan();
        assertThat(plan.arenaBytes()).isEqualTo(128);
        assertThat(place(plan, view).offset()).isEqualTo(place(plan, x).offset());
    }

    @Test
    void twoOutputsMayBeTheSameValue() {
        Value a = graph.compute("a", 64, graph.input("x", 64));
        graph.output(a).output(a);

        assertThat(plan().arenaBytes()).isEqualTo(128);
    }

    @Test
    void unusedInputsHaveAPlaceBesideTheOthersUntilTheFirstStep() {
        Value unused = graph.input("unused", 100);
        Value x = graph.input("x", 20);
        graph.output(graph.compute("a", 100, x));

        MemoryPlan plan = plan();
        assertThat(plan.arenaBytes()).isEqualTo(120);
        assertThat(place(plan, unused).lifetime()).isEqualTo(new Lifetime(-1, -1));
    }

    @Test
    void scratchLivesBesideItsNodesInputsAndOutputOnly() {
        Value x = graph.input("x", 40);
        Value a = graph.compute("a", 40, Set.of(), 21, x);
        graph.output(graph.compute("b", 8, Set.of(), 40, a));

        Graph built = graph.build();
        MemoryPlan plan = plan();
        assertThat(plan.arenaBytes()).isEqualTo(104);
        assertThat(plan.scratchOf(built.nodes().get(0))).hasValueSatisfying(scratch -> {
            assertThat(scratch.step()).isZero();
            assertThat(scratch.bytes()).isEqualTo(21);
        });
        assertThat(plan.scratch()).containsOnlyKeys("a", "b");
    }

    @Test
    void nodesWithoutScratchHaveNone() {
        graph.output(graph.compute("a", 8, graph.input("x", 8)));

        assertThat(plan().scratchOf(graph.build().nodes().get(0))).isEmpty();
    }

    @Test
    void theOperatorsOfTheCompilerSayWhatTheyAllow() {
        Value x = graph.input("x", 16);
        Value y = graph.input("y", 4);
        Quantization q = new Quantization(Scale.powerOfTwo(-4), 0);
        Value sum = graph.node("sum", new WeightedAddition.Int8(
                new WeightedAddition.Geometry(16, 4, 1, 1, 0, 0, -128, 127)), graph.value("sum", 16), x, y);
        Value table = graph.node("table", Lookup.rescale(q, q, 16), graph.value("table", 16), sum);
        graph.output(graph.node("view", View.of(Shape.of(4, 4)), graph.value("view", 16), table));

        MemoryPlan plan = plan();
        assertThat(plan.arenaBytes()).isEqualTo(20);
        assertThat(plan.storages().get(0).values()).extracting(placed -> placed.value().name())
                .containsExactly("x", "sum", "table", "view");
    }

    @Test
    void aGraphWithoutNodesIsItsInputs() {
        Value x = graph.input("x", 10);
        graph.input("y", 10);
        graph.output(x);

        assertThat(plan().arenaBytes()).isEqualTo(24);
    }

    /** Found by search: with everything in place, the long storages cannot be packed as tightly as shorter ones. */
    @Test
    void worksInPlaceLessIfThatMakesTheArenaSmaller() {
        Graph tangle = RandomGraphs.tangle(15645, 15);
        Liveness liveness = new Liveness(tangle);
        long options = InPlace.options(tangle, liveness, TestGraph.KERNELS).size();

        MemoryPlan plan = MemoryPlanner.plan(tangle, TestGraph.KERNELS);
        long used = plan.places().values().stream().flatMap(placed -> placed.sharing().stream())
                .filter(sharing -> sharing.reason() == Sharing.Reason.IN_PLACE).count();
        assertThat(used).isLessThan(options);
        assertThat(plan.arenaBytes()).isEqualTo(plan.lowerBound());
        PlanCheck.require(tangle, plan, TestGraph.KERNELS);
    }

    @Test
    void equalGraphsHaveEqualPlans() {
        assertThat(MemoryPlanner.plan(RandomGraphs.tangle(39381, 39), TestGraph.KERNELS))
                .isEqualTo(MemoryPlanner.plan(RandomGraphs.tangle(39381, 39), TestGraph.KERNELS));
    }

    @Test
    void refusesWhatIsNotAnIntegerGraph() {
        graph.output(graph.input("x", 4));
        Graph built = graph.build();
        Graph typed = new Graph("typed", Stage.TYPED, built.inputs(), built.nodes(), built.outputs());

        assertThatIllegalArgumentException().isThrownBy(() -> MemoryPlanner.plan(typed, TestGraph.KERNELS))
                .withMessageContaining("TYPED");
    }

    @Test
    void refusesBrokenGraphs() {
        Value x = graph.input("x", 4);
        Value a = graph.compute("a", 4, x);
        Graph good = graph.output(a).build();
        TestGraph other = new TestGraph();
        Graph negative = other.output(other.compute("a", 4, Set.of(), -1, other.input("x", 4))).build();
        Graph readsTooEarly = new Graph("g", Stage.INTEGER, List.of(), good.nodes(), good.outputs());
        Graph definesTwice = new Graph("g", Stage.INTEGER, good.inputs(),
                List.of(good.nodes().get(0), good.nodes().get(0)), good.outputs());

        assertThatIllegalArgumentException().isThrownBy(() -> MemoryPlanner.plan(readsTooEarly, TestGraph.KERNELS))
                .withMessage("value x is read before it is defined");
        assertThatIllegalArgumentException().isThrownBy(() -> MemoryPlanner.plan(definesTwice, TestGraph.KERNELS))
                .withMessage("value a is defined twice");
        assertThatIllegalArgumentException().isThrownBy(() -> MemoryPlanner.plan(negative, TestGraph.KERNELS))
                .withMessage("scratch of a: -1 bytes");
    }

    @Test
    void refusesAViewThatChangesTheNumberOfElements() {
        Value x = graph.input("x", 4);
        graph.output(graph.node("view", View.of(Shape.of(8)), graph.value("view", 8), x));

        assertThatIllegalArgumentException().isThrownBy(this::plan)
                .withMessage("view cannot share storage with x: [8] and [4] differ in size");
    }

    private MemoryPlan plan() {
        Graph built = graph.build();
        MemoryPlan plan = MemoryPlanner.plan(built, TestGraph.KERNELS);
        PlanCheck.require(built, plan, TestGraph.KERNELS);
        return plan;
    }

    private static MemoryPlan.PlacedValue place(MemoryPlan plan, Value value) {
        return plan.places().get(value.id());
    }
}
