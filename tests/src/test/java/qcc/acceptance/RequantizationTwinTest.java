package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.ops.Requantization;
import qcc.target.Installation;
import qcc.tensor.IntTensor;

/** The rule of requantisation in Java and its twin in C give the same int8 for boundary and random accumulators. */
class RequantizationTwinTest {
    private static final int[] BOUNDARIES = {0, 1, -1, 127, -128, 255, -256, 1 << 15, -(1 << 15), 1 << 30, -(1 << 30),
        Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1};
    private static final int RANDOM_CASES = 4000;

    @TempDir
    private Path folder;
    private final StringBuilder cases = new StringBuilder();

    private void add(Requantization rule, int accumulator) {
        boolean multiply = rule.rule() instanceof Requantization.Multiply;
        int factor = rule.rule() instanceof Requantization.Multiply m ? m.multiplier().get(0)
                : ((Requantization.Shift) rule.rule()).shift().get(0);
        int zero = rule.rule() instanceof Requantization.Multiply m ? m.zero() : 0;
        int left = rule.rule() instanceof Requantization.Multiply m ? m.left() : 0;
        cases.append(String.format(Locale.ROOT, "{%s, (int32_t)INT64_C(%d), (int32_t)INT64_C(%d), %d, %d, %d, %d, %d},%n",
                multiply ? "QCC_MULTIPLY" : "QCC_SHIFT", accumulator, factor, left, zero, rule.low(),
                rule.high(), rule.apply(0, accumulator)));
    }

    private static Requantization shift(int bits, int low, int high) {
        return new Requantization(new Requantization.Shift(IntTensor.vector(bits)), low, high);
    }

    private static Requantization multiply(int factor, int left, int zero, int low, int high) {
        return new Requantization(new Requantization.Multiply(IntTensor.vector(factor), left, zero), low, high);
    }

    private void addAll() {
        for (int accumulator : BOUNDARIES) {
            for (int bits : new int[] {0, 1, 7, 22, 30, 31}) {
                add(shift(bits, -128, 127), accumulator);
                add(shift(bits, 0, 127), accumulator);
            }
            for (int factor : BOUNDARIES) {
                add(multiply(factor, 0, -128, -128, 127), accumulator);
            }
        }
        Random random = new Random(77);
        for (int i = 0; i < RANDOM_CASES; i++) {
            int low = random.nextInt(256) - 128;
            int high = low + random.nextInt(128 - low);
            int left = random.nextInt(12);
            int small = random.nextInt() >> (left + random.nextInt(32 - left));
            add(shift(random.nextInt(32), low, high), random.nextInt() >> random.nextInt(32));
            add(multiply(random.nextInt() >> random.nextInt(32), left, random.nextInt(256) - 128, low, high), small);
        }
    }

    private String program() {
        return """
                #include "qcc_requantize.h"
                #include <stdio.h>
                static const struct { qcc_rule rule; int32_t acc, factor, left, zero, lo, hi, expected; } cases[] = {
                %s};
                int main(void) {
                    int wrong = 0, count = (int)(sizeof cases / sizeof cases[0]);
                    for (int i = 0; i < count; i++) {
                        int32_t f = cases[i].factor;
                        uint8_t bits[1] = {(uint8_t)f};
                        qcc_requantize_t all = {.rule = cases[i].rule, .shift_all = f, .multiplier_all = f,
                            .left = cases[i].left, .zero = cases[i].zero, .lo = cases[i].lo, .hi = cases[i].hi};
                        qcc_requantize_t each = all;
                        each.shift = bits;
                        each.multiplier = &f;
                        each.shift_all = each.multiplier_all = 0;
                        int one = qcc_requantize(cases[i].acc, 3, &all), other = qcc_requantize(cases[i].acc, 0, &each);
                        if ((one != cases[i].expected || other != one) && wrong++ < 5) {
                            printf("case %%d: %%d and %%d, not %%d\\n", i, one, other, (int)cases[i].expected);
                        }
                    }
                    printf("%%d cases, %%d wrong\\n", count, wrong);
                    return 0;
                }
                """.formatted(cases);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "clang"})
    void theTwinsAgree(String compiler) throws IOException {
        Workshop.require(compiler);
        addAll();
        Files.writeString(folder.resolve("twin.c"), program());
        Workshop.run(folder, compiler, "-std=c99", "-O2", "-Wall", "-Wextra", "-Werror",
                "-I" + Installation.find().runtime(), "twin.c", "-o", "twin");
        assertThat(Workshop.run(folder, folder.resolve("twin").toString())).matches("\\d{4,} cases, 0 wrong\n");
    }
}
