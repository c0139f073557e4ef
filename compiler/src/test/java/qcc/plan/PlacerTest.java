package qcc.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlacerTest {
    private static final int RANDOM_ORDERS = 3000;
    private static final int WORK = 75_000_000;

    static Stream<Arguments> families() {
        return Stream.of(arguments(15, 8, 5, 6), arguments(30, 20, 8, 100), arguments(60, 30, 8, 1000),
                arguments(200, 100, 30, 10_000));
    }

    @ParameterizedTest
    @MethodSource("families")
    void isAsGoodAsTheBestOfManyRandomOrders(int blocks, int steps, int longest, int largest) {
        for (int seed = 0; seed < 20; seed++) {
            PlacementProblem problem = RandomBlocks.scattered(seed, blocks, steps, longest, largest);
            Placement placement = Placer.place(problem, new Budget(WORK));
            assertThat(overlaps(problem, placement)).isEmpty();
            if (placement.arena() > problem.lowerBound()) {
                assertThat(placement.arena()).as("seed %d", seed)
                        .isLessThanOrEqualTo(bestOfRandomOrders(problem, new Random(seed)));
            }
        }
    }

    @Test
    void smallProblemsAreSolvedExactly() {
        int outOfReach = 0;
        for (int seed = 0; seed < 2000; seed++) {
            PlacementProblem problem = RandomBlocks.full(seed, 6, 9);
            Placement placement = Placer.place(problem, new Budget(WORK));
            assertThat(overlaps(problem, placement)).isEmpty();
            if (placement.arena() > problem.lowerBound()) {
                outOfReach++;
                assertThat(fits(problem, new long[problem.size()], 0, placement.arena() - MemoryPlan.ALIGNMENT))
                        .as("a smaller arena for seed %d", seed).isFalse();
            }
        }
        assertThat(outOfReach).as("problems that need more than the lower bound").isPositive();
    }

    @Test
    void theExactSearchAgreesWithBruteForce() {
        int impossible = 0;
        for (int seed = 0; seed < 1000; seed++) {
            PlacementProblem problem = RandomBlocks.full(seed, 6, 9);
            long capacity = problem.lowerBound();
            boolean possible = fits(problem, new long[problem.size()], 0, capacity);
            impossible += possible ? 0 : 1;
            for (SkylineSearch.Preference preference : SkylineSearch.Preference.values()) {
                assertThat(new SkylineSearch(problem, capacity, preference, new Budget(WORK)).run())
                        .as("seed %d", seed)
                        .isEqualTo(possible ? SkylineSearch.Outcome.FOUND : SkylineSearch.Outcome.IMPOSSIBLE);
            }
        }
        assertThat(impossible).as("problems that need more than the lower bound").isPositive();
    }

    @Test
    void theSearchGivesUpWhenItsBudgetIsSpent() {
        PlacementProblem problem = RandomBlocks.scattered(1, 30, 20, 8, 100);
        SkylineSearch search = new SkylineSearch(problem, problem.lowerBound(), SkylineSearch.Preference.LOAD,
                new Budget(1));
        assertThat(search.run()).isEqualTo(SkylineSearch.Outcome.GAVE_UP);
    }

    @Test
    void blocksThatAreSetAsideFitWhereverTheOthersAre() {
        int setAside = 0;
        for (int seed = 0; seed < 200; seed++) {
            PlacementProblem problem = RandomBlocks.scattered(seed, 20, 12, 6, 50);
            Placement anywhere = GreedyPlacement.of(problem, shuffled(problem, new Random(seed)),
                    GreedyPlacement.Fit.LOWEST);
            Simplification simplification = new Simplification(problem, anywhere.arena());
            GreedyPlacement greedy = new GreedyPlacement(problem);
            simplification.core().forEach(block -> greedy.put(block, anywhere.offset(block)));
            simplification.others().forEach(block -> greedy.add(block, GreedyPlacement.Fit.LOWEST));

            assertThat(greedy.result().arena()).isLessThanOrEqualTo(anywhere.arena());
            assertThat(overlaps(problem, greedy.result())).isEmpty();
            setAside += simplification.others().size();
        }
        assertThat(setAside).isPositive();
    }

    /** In 12 bytes, a neighbour of 4 can leave gaps of 4 and 4, too small for 8; in 16 bytes it cannot. */
    @Test
    void aBlockIsSetAsideOnlyIfNoPlaceOfItsNeighboursCanHinderIt() {
        PlacementProblem problem = new PlacementProblem(
                List.of(new Block(8, new Lifetime(0, 1)), new Block(4, new Lifetime(1, 2))));

        assertThat(setAsideFirst(problem, 16)).isEqualTo(0);
        assertThat(setAsideFirst(problem, 12)).isEqualTo(1);
    }

    @Test
    void noBlocksNeedNoArena() {
        assertThat(Placer.place(new PlacementProblem(List.of()), new Budget(WORK)).arena()).isZero();
    }

    /** The block that is placed last: it was set aside while all others were still there. */
    private static int setAsideFirst(PlacementProblem problem, long capacity) {
        List<Integer> others = new Simplification(problem, capacity).others();
        return others.get(others.size() - 1);
    }

    private static long bestOfRandomOrders(PlacementProblem problem, Random random) {
        return IntStream.range(0, RANDOM_ORDERS)
                .mapToLong(i -> GreedyPlacement.of(problem, shuffled(problem, random),
                        GreedyPlacement.Fit.LOWEST).arena())
                .min().orElseThrow();
    }

    private static int[] shuffled(PlacementProblem problem, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, problem.size()).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Tries every aligned offset for every block. */
    private static boolean fits(PlacementProblem problem, long[] offsets, int block, long capacity) {
        if (block == problem.size()) {
            return true;
        }
        for (long offset = 0; offset + problem.bytes(block) <= capacity; offset += MemoryPlan.ALIGNMENT) {
            offsets[block] = offset;
            boolean free = IntStream.range(0, block)
                    .noneMatch(other -> collide(problem, other, offsets[other], block, offsets[block]));
            if (free && fits(problem, offsets, block + 1, capacity)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> overlaps(PlacementProblem problem, Placement placement) {
        List<String> overlaps = new ArrayList<>();
        for (int a = 0; a < problem.size(); a++) {
            if (placement.offset(a) < 0 || placement.offset(a) + problem.bytes(a) > placement.arena()) {
                overlaps.add(a + " leaves the arena");
            }
            for (int b = 0; b < a; b++) {
                if (collide(problem, a, placement.offset(a), b, placement.offset(b))) {
                    overlaps.add(a + " and " + b);
                }
            }
        }
        return overlaps;
    }

    /** By the lifetimes themselves, not by cliques. */
    private static boolean collide(PlacementProblem problem, int a, long offsetA, int b, long offsetB) {
        Lifetime lifeA = problem.block(a).lifetime();
        Lifetime lifeB = problem.block(b).lifetime();
        return lifeA.first() <= lifeB.last() && lifeB.first() <= lifeA.last()
                && offsetA < offsetB + problem.bytes(b) && offsetB < offsetA + problem.bytes(a);
    }
}
