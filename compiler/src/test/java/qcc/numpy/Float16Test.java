package qcc.numpy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Float16Test {
    @Test
    void everyValueIsKeptAndEveryMidpointGoesToTheEvenNeighbour() {
        for (int bits = 0; bits < 0x7C00; bits++) {
            double value = Float16.toDouble((short) bits);
            assertThat(Float16.fromDouble(value) & 0xFFFF).isEqualTo(bits);
            assertThat(Float16.fromDouble(-value) & 0xFFFF).isEqualTo(bits | 0x8000);
            double next = bits == 0x7BFF ? 65536 : Float16.toDouble((short) (bits + 1));
            assertThat(next).isGreaterThan(value);
            int even = (bits & 1) == 0 ? bits : bits + 1;
            assertThat(Float16.fromDouble((value + next) / 2) & 0xFFFF).isEqualTo(even);
        }
    }

    @ParameterizedTest
    @CsvSource({"0x3C00, 1", "0xC000, -2", "0x0001, 5.9604644775390625e-8", "0x7BFF, 65504", "0x7C00, Infinity",
        "0xFC00, -Infinity", "0x7E00, NaN", "0x3555, 0.333251953125", "0x8000, -0.0"})
    void knownValues(String bits, double value) {
        short half = (short) (int) Integer.decode(bits);
        assertThat(Double.valueOf(Float16.toDouble(half))).isEqualTo(Double.valueOf(value));
        assertThat(Float16.fromDouble(value)).isEqualTo(half);
    }

    @Test
    void whatIsTooLargeOrTooSmallRoundsAway() {
        assertThat(Float16.fromDouble(1e300)).isEqualTo((short) 0x7C00);
        assertThat(Float16.fromDouble(Double.MIN_VALUE)).isZero();
        assertThat(Float16.fromDouble(65519.9)).isEqualTo((short) 0x7BFF);
    }
}
