package qcc.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The integer linear program against all combinations. */
class SelectionTest {
    private static final int LAYERS = 5;
    private static final List<Integer> BITS = List.of(8, 4, 2);

    private static List<LayerOption> random(Random random) {
        List<LayerOption> options = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            int weights = 1 + random.nextInt(2000);
            double error = random.nextDouble();
            for (int bits : BITS) {
                double own = bits == 8 ? 0 : bits == 4 ? error / 16 : error;
                options.add(new LayerOption("layer" + layer, bits, own, weights * (long) bits, 100 + random.nextInt(50)));
            }
        }
        return options;
    }

    /** The least error of all combinations within the limits; nothing if there is none. */
    private static Optional<Double> exhaustive(List<LayerOption> options, long flash, long instructions) {
        Optional<Double> least = Optional.empty();
        for (int code = 0; code < Math.pow(BITS.size(), LAYERS); code++) {
            double error = 0;
            long bytes = 0;
            long counted = 0;
            for (int layer = 0, rest = code; layer < LAYERS; layer++, rest /= BITS.size()) {
                LayerOption option = options.get(layer * BITS.size() + rest % BITS.size());
                error += option.error();
                bytes += option.flashBytes();
                counted += option.instructions();
            }
            if (bytes <= flash && counted <= instructions && (least.isEmpty() || error < least.get())) {
                least = Optional.of(error);
            }
        }
        return least;
    }

    @Test
    void theProgramFindsTheLeastErrorWithinTheLimits() {
        Random random = new Random(3);
        int possible = 0;
        for (int round = 0; round < 60; round++) {
            List<LayerOption> options = random(random);
            long flash = random.nextInt(40_000);
            long instructions = round % 3 == 0 ? Long.MAX_VALUE : 500 + random.nextInt(200);
            Optional<Double> least = exhaustive(options, flash, instructions);
            Optional<Map<String, Integer>> chosen = Selection.choose(options, flash, instructions);
            assertThat(chosen.isPresent()).as("round %d", round).isEqualTo(least.isPresent());
            if (chosen.isPresent()) {
                possible++;
                List<LayerOption> picked = options.stream()
                        .filter(o -> chosen.get().get(o.layer()) == o.bits()).toList();
                assertThat(picked).hasSize(LAYERS);
                assertThat(picked.stream().mapToLong(LayerOption::flashBytes).sum()).isLessThanOrEqualTo(flash);
                assertThat(picked.stream().mapToLong(LayerOption::instructions).sum())
                        .isLessThanOrEqualTo(instructions);
                assertThat(picked.stream().mapToDouble(LayerOption::error).sum())
                        .isCloseTo(least.orElseThrow(), Offset.offset(1e-4));
            }
        }
        assertThat(possible).isBetween(15, 58);
    }
}
