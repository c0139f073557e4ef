package qcc.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final List<String> KNOWN =
            List.of("conv2d", "depthwise_conv2d",
        "dense", "relu", "relu6", "add", "max_pool", "avg_pool");

    @ParameterizedTest
    @CsvSource({"conv2, conv2d", "Conv2D, conv2d", "cnov2d, conv2d", "depthwise_conv, depthwise_conv2d",
        "dens, dense", "rleu, relu",
        "rel, relu", "ad, add", "xyz, ", "maxpool, max_pool", "softmax, ", "a, "})
    void findsTheClosest(String word, String expected) {
        assertThat(Suggestions.closest(word, KNOWN).orElse(null)).isEqualTo(expected);
    }

    @Test
    void equallyCloseWordsAreTakenInAlphabeticalOrder() {
        assertThat(Suggestions.closest("bat", List.of("hat", "cat", "rat"))).contains("cat");
    }

    @Test
    void theWordItselfAndEndlessWordsAreNoSuggestions() {
        assertThat(Suggestions.closest("relu", List.of("relu"))).isEmpty();
        assertThat(Suggestions.closest("x".repeat(100_000), List.of("x".repeat(99_999)))).isEmpty();
        assertThat(Suggestions.closest("", KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "abc, abc, 0", "ab, ba, 1", "abc, '', 3", "ca, abc, 3"})
    void distanceCountsEdits(String a, String b, int expected) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(expected);
        assertThat(Suggestions.distance(b, a)).isEqualTo(expected);
    }
}
