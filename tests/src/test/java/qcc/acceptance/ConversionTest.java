package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.driver.Compilation;
import qcc.driver.Project;
import qcc.ir.Quantization;

/** The helpers in a model's header convert between reals and integers as the compiler does. */
class ConversionTest {
    /** Floats cannot tell on which side of a tie such values are. */
    private static final double NEAR_A_TIE = 1e-4;

    @TempDir
    private Path folder;

    /** Values around and far beyond the range, many of them exactly between two steps. */
    private static List<Float> sweep(Quantization quantization) {
        double step = quantization.scale().toDouble();
        List<Float> values = new ArrayList<>(List.of(0f, -0f, 1e-30f, -1e-30f, 1e30f, -1e30f,
                Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE));
        for (int i = -6000; i <= 6000; i++) {
            values.add((float) (i * step / 16));
            values.add((float) (i * 0.037 * step));
        }
        return values;
    }

    private static boolean isClear(float value, Quantization quantization) {
        double position = value / quantization.scale().toDouble() + 0.5;
        return quantization.scale().isPowerOfTwo() || Double.isInfinite(position)
                || Math.abs(position - Math.rint(position)) > NEAR_A_TIE;
    }

    private static String program(Quantization in, Quantization out) {
        StringBuilder text = new StringBuilder("#include \"digits.h\"\n#include <stdio.h>\n#include <math.h>\n"
                + "static const struct { float real; int q; } cases[] = {\n");
        for (float value : sweep(in)) {
            if (isClear(value, in)) {
                text.append(Float.isInfinite(value) ? (value > 0 ? "{INFINITY" : "{-INFINITY")
                        : String.format(Locale.ROOT, "{%sf", Float.toHexString(value)))
                        .append(", ").append(in.quantize(value)).append("},\n");
            }
        }
        text.append("{NAN, -128}};\nstatic const float reals[] = {\n");
        for (int q = -128; q <= 127; q++) {
            text.append(Float.toHexString((float) out.dequantize(q))).append("f,\n");
        }
        return text.append("""
                };
                int main(void) {
                    int wrong = 0, count = (int)(sizeof cases / sizeof cases[0]);
                    for (int i = 0; i < count; i++) {
                        int q = digits_image_quantize(cases[i].real);
                        if (q != cases[i].q && wrong++ < 5) {
                            printf("%.9g: %d, not %d\\n", (double)cases[i].real, q, cases[i].q);
                        }
                    }
                    for (int q = -128; q <= 127; q++) {
                        float real = digits_digit_dequantize((int8_t)q), error = real - reals[q + 128];
                        if ((error > 1e-6f || error < -1e-6f) && wrong++ < 5) {
                            printf("%d: %.9g, not %.9g\\n", q, (double)real, (double)reals[q + 128]);
                        }
                    }
                    printf("%d cases, %d wrong\\n", count, wrong);
                    return 0;
                }
                """).toString();
    }

    private void agree(Compilation compilation) throws IOException {
        Workshop.require("gcc");
        Project project = Workshop.project(compilation, "host");
        Path written = Workshop.write(project, folder);
        Files.writeString(written.resolve("conversion.c"), program(
                project.program().inputs().get(0).place().value().quantized(),
                project.program().outputs().get(0).place().value().quantized()));
        Workshop.run(written, "gcc", "-std=c99", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-O1",
                "-fsanitize=undefined,float-cast-overflow", "-fno-sanitize-recover=all", "-Imodel", "conversion.c",
                "-o", "conversion");
        assertThat(Workshop.run(written, written.resolve("conversion").toString()))
                .matches("\\d{4,} cases, 0 wrong\n");
    }

    @Test
    void powersOfTwoAgree() throws IOException {
        agree(Workshop.digits());
    }

    @Test
    void dyadicScalesAgree() throws IOException {
        agree(Workshop.dyadicDigits(folder));
    }
}
