package qcc.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The integer linear program against all combinations. */
class SelectionTest {
    private static final int LAYERS = 5;
    private static final List<Integer> BITS = List.of(8, 4, 2);

    /** Code that is there whatever is chosen, and that of a part. */
    private static final long REST = 3000;
    private static final long PART = 2000;

    private static CodeCosts code() {
        CodeCosts code = new CodeCosts();
        List<LayerOption> none = List.of(new LayerOption("none", 8, 0, 0, 0, Set.of()));
        List<LayerOption> both = List.of(new LayerOption("both", 8, 0, 0, 0, Set.of("few", "many")));
        List<LayerOption> few = List.of(new LayerOption("few", 8, 0, 0, 0, Set.of("few")));
        code.learn(none, REST);
        code.learn(both, REST + 2 * PART);
        code.learn(few, REST + PART);
        return code;
    }

    private static List<LayerOption> random(Random random) {
        List<LayerOption> options = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            int weights = 1 + random.nextInt(2000);
            double error = random.nextDouble();
            for (int bits : BITS) {
                double own = bits == 8 ? 0 : bits == 4 ? error / 16 : error;
                options.add(new LayerOption("layer" + layer, bits, own, weights * (long) bits, 100 + random.nextInt(50),
                        bits == 8 ? Set.of() : Set.of(bits == 4 ? "many" : "few")));
            }
        }
        return options;
    }

    /** The least error of all combinations within the limits; nothing if there is none. */
    private static Optional<Double> exhaustive(List<LayerOption> options, CodeCosts code, long flash,
            long instructions) {
        Optional<Double> least = Optional.empty();
        for (int number = 0; number < Math.pow(BITS.size(), LAYERS); number++) {
            double error = 0;
            long counted = 0;
            List<LayerOption> taken = new ArrayList<>();
            for (int layer = 0, rest = number; layer < LAYERS; layer++, rest /= BITS.size()) {
                LayerOption option = options.get(layer * BITS.size() + rest % BITS.size());
                error += option.error();
                taken.add(option);
                counted += option.instructions();
            }
            if (code.flash(taken) <= flash && counted <= instructions && (least.isEmpty() || error < least.get())) {
                least = Optional.of(error);
            }
        }
        return least;
    }

    @Test
    void theProgramFindsTheLeastErrorWithinTheLimits() {
        Random random = new Random(3);
        int possible = 0;
        CodeCosts code = code();
        for (int round = 0; round < 60; round++) {
            List<LayerOption> options = random(random);
            long flash = random.nextInt(50_000);
            long instructions = round % 3 == 0 ? Long.MAX_VALUE : 500 + random.nextInt(200);
            Optional<Double> least = exhaustive(options, code, flash, instructions);
            Optional<Map<String, Integer>> chosen = Selection.choose(options, code, flash, instructions);
            assertThat(chosen.isPresent()).as("round %d", round).isEqualTo(least.isPresent());
            if (chosen.isPresent()) {
                possible++;
                List<LayerOption> picked = options.stream()
                        .filter(o -> chosen.get().get(o.layer()) == o.bits()).toList();
                assertThat(picked).hasSize(LAYERS);
                assertThat(code.flash(picked)).isLessThanOrEqualTo(flash);
                assertThat(picked.stream().mapToLong(LayerOption::instructions).sum())
                        .isLessThanOrEqualTo(instructions);
                assertThat(picked.stream().mapToDouble(LayerOption::error).sum())
                        .isCloseTo(least.orElseThrow(), Offset.offset(1e-4));
            }
        }
        assertThat(possible).isBetween(15, 58);
    }
}
