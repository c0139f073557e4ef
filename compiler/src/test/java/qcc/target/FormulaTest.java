package qcc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
    private static final Map<String, Integer> NAMES = Map.of("a", 7, "b", 3, "in_c", -20, "zero", 0);

    private static long value(String text) {
        return Formula.parse(text).evaluate(NAMES);
    }

    private static long truth(boolean condition) {
        return condition ? 1 : 0;
    }

    /** The Java compiler says what the precedence of C is, too. */
    @Test
    void precedenceIsThatOfC() {
        int a = 7;
        int b = 3;
        int c = -20;
        assertThat(value("a + b * in_c")).isEqualTo(a + b * c);
        assertThat(value("a - b - in_c")).isEqualTo(a - b - c);
        assertThat(value("in_c / b * a")).isEqualTo(c / b * a);
        assertThat(value("in_c % b + a % b")).isEqualTo(c % b + a % b);
        assertThat(value("(a + b) * (in_c - 1)")).isEqualTo((a + b) * (c - 1));
        assertThat(value("-a - -b * - 2")).isEqualTo(-a - -b * -2);
        assertThat(value("a + b < in_c || a * b > in_c && a != b"))
                .isEqualTo(truth(a + b < c || a * b > c && a != b));
        assertThat(value("a < b == b < a")).isEqualTo(truth(a < b == b < a));
        assertThat(value("a - 7 || zero && a")).isEqualTo(0);
        assertThat(value("a >= 7 && b <= 3")).isEqualTo(1);
        assertThat(value("(a + 3) / 4 * 4 + (b % 2 != 0) * 100")).isEqualTo((a + 3) / 4 * 4 + 100);
        assertThat(value("  12  ")).isEqualTo(12);
        assertThat(value("min(a, b) + 10 * max(a - 5, b) + 100 * up(a + zero, b)")).isEqualTo(3 + 30 + 300);
        assertThat(value("up(6, b) * up(1, 4)")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "a +       ! `a +` ends too early",
        "''        ! `` ends too early",
        "a b       ! `b` is misplaced in `a b`",
        "a + * b   ! `*` is misplaced in `a + * b`",
        "(a + b    ! `(a + b` lacks a `)`",
        "min(a     ! `min(a` lacks a `,`",
        "up(a, b   ! `up(a, b` lacks a `)`",
        "max       ! `max` lacks a `(`",
        "a & b     ! `& b` is not understood in `a & b`",
        "A         ! `A` is not understood in `A`",
        "a ? 1     ! `? 1` is not understood in `a ? 1`"
    })
    void mistakesAreExplained(String text, String message) {
        assertThatThrownBy(() -> Formula.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void unknownNamesAreRefusedWhenUsed() {
        assertThatThrownBy(() -> value("a + missing")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`a + missing` uses the unknown name `missing`");
    }

    @Test
    void overflowIsNoResult() {
        assertThatThrownBy(() -> value("9000000000000000000 * 2")).isInstanceOf(ArithmeticException.class);
    }
}
