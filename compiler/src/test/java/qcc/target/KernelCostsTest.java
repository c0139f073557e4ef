package qcc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelCostsTest {
    private static final List<KernelRow> ROWS = KernelList.parse("a: fast\n  work n; n * n\na: slow".lines().toList());

    @Test
    void workHasPrices() {
        KernelCosts costs = KernelCosts.parse(List.of("# comment", "", "fast: 10.5 2 0.25 # one"));
        costs.check(ROWS.get(0));
        costs.check(ROWS.get(1));
        assertThat(costs.of(ROWS.get(0), Map.of("n", 4))).hasValue(23);
        assertThat(costs.of(ROWS.get(1), Map.of("n", 4))).isEmpty();
        assertThat(KernelCosts.NONE.of(ROWS.get(0), Map.of("n", 4))).isEmpty();
        assertThat(KernelCosts.parse(List.of("fast: 1 -5 0")).of(ROWS.get(0), Map.of("n", 4))).hasValue(0);
    }

    @Test
    void everyTermNeedsAPrice() {
        assertThatThrownBy(() -> KernelCosts.parse(List.of("fast: 1 2")).check(ROWS.get(0)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("`fast` has 2 prices, and needs 3");
    }

    @Test
    void pricesOfOtherTermsAreNotUpToDate() {
        KernelCosts costs = KernelCosts.parse(List.of("fast: 1 2", "slow: 5")).upToDate(ROWS);
        assertThat(costs.of(ROWS.get(0), Map.of("n", 4))).isEmpty();
        assertThat(costs.of(ROWS.get(1), Map.of("n", 4))).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "fast              ! line 1: `fast` is not of the form `kernel: PRICE PRICE`",
        "fast: 1 x         ! line 1: `fast: 1 x` is not of the form",
        "fast: 1/fast: 2   ! line 2: `fast` has prices already"
    })
    void mistakesNameTheLine(String text, String message) {
        assertThatThrownBy(() -> KernelCosts.parse(text.replace('/', '\n').lines().toList()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
