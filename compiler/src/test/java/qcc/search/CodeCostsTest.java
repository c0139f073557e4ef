package qcc.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Code of parts, learned from sums. */
class CodeCostsTest {
    private static List<LayerOption> firmware(long constants, String... parts) {
        return List.of(new LayerOption("a", 4, 0, constants, 0, Set.of(parts)),
                new LayerOption("b", 4, 0, constants, 0, Set.of(parts)));
    }

    /** Of 5,000 bytes beside x: 700, y: 200, z: 40, which layers share. */
    @Test
    void whatWasNeverBuiltIsTheSumOfItsParts() {
        CodeCosts costs = new CodeCosts();
        costs.learn(firmware(100, "x"), 5_900);
        costs.learn(firmware(50, "y"), 5_300);
        costs.learn(firmware(10, "x", "y"), 5_920);
        costs.learn(firmware(0, "y", "z"), 5_240);
        assertThat(costs.flash(firmware(200, "x", "z"))).isCloseTo(6_140, Offset.offset(25.0));
        assertThat(costs.flash(firmware(30, "x", "y", "z"))).isCloseTo(6_000, Offset.offset(25.0));
        assertThat(costs.flash(firmware(10, "x", "y"))).isCloseTo(5_920, Offset.offset(15.0));
    }

    @Test
    void noPartTakesLessThanNothing() {
        CodeCosts costs = new CodeCosts();
        costs.learn(firmware(0, "x"), 1_000);
        costs.learn(firmware(0), 2_000);
        assertThat(costs.of("x")).isNotNegative();
    }
}
