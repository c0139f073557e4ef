package qcc.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CNamesTest {

    @ParameterizedTest
    @CsvSource({"conv2d, conv2d", "block.1.conv2d, block_1_conv2d", "1st, _1st", "a-b c, a_b_c", "größe, gr__e"})
    void namesBecomeIdentifiers(String name, String identifier) {
        assertThat(CNames.identifier(name)).isEqualTo(identifier);
    }

    @ParameterizedTest
    @CsvSource({"KWS, kws", "for, model_for", "Main, model_main", "qcc_x, model_qcc_x", "_x, model__x",
        "stdint, model_stdint", "verify, model_verify", "Test, model_test", "tests, tests"})
    void prefixesAreFreeForEveryUse(String model, String prefix) {
        assertThat(CNames.prefix(model)).isEqualTo(prefix);
    }

    @Test
    void accessorsDifferFromAllElse() {
        assertThat(CNames.accessors("m", List.of("image", "label"))).containsExactly("m_image", "m_label");
        assertThat(CNames.accessors("m", List.of("run", "Arena", "x", "x", "X"))).containsExactly("m_run_2",
                "m_Arena_2", "m_x", "m_x_2", "m_X_3");
        assertThat(CNames.accessors("m", List.of("a_quantize", "a"))).containsExactly("m_a_quantize", "m_a_2");
        assertThat(CNames.accessors("m", List.of("a", "a_dequantize"))).containsExactly("m_a", "m_a_dequantize_2");
    }
}
