package qcc.tflite;

import static qcc.tflite.CaseModel.C;
import static qcc.tflite.CaseModel.H;
import static qcc.tflite.CaseModel.SCALE_A;
import static qcc.tflite.CaseModel.SCALE_B;
import static qcc.tflite.CaseModel.SCALE_V;
import static qcc.tflite.CaseModel.W;
import static qcc.tflite.CaseModel.ZERO_A;
import static qcc.tflite.CaseModel.ZERO_B;
import static qcc.tflite.CaseModel.ZERO_V;
import static qcc.tflite.CaseModel.activated;
import static qcc.tflite.CaseModel.before;
import static qcc.tflite.CaseModel.each;
import static qcc.tflite.CaseModel.extent;
import static qcc.tflite.CaseModel.pixel;
import static qcc.tflite.TfliteArithmetic.clamp;
import static qcc.tflite.TfliteArithmetic.divide;
import static qcc.tflite.TfliteArithmetic.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.AddOptions;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.LeakyReluOptions;
import qcc.importer.tflite.schema.MulOptions;
import qcc.importer.tflite.schema.Padding;
import qcc.importer.tflite.schema.Pool2DOptions;
import qcc.importer.tflite.schema.ReducerOptions;
import qcc.importer.tflite.schema.SubOptions;

/** Sums, products, pools and tables. */
final class ArithmeticCases {
    private final CaseModel cases;
    private final TfliteModel model;
    private final int a;
    private final int b;
    private final int v;
    private final boolean twoSteps;

    ArithmeticCases(CaseModel cases) {
        this.cases = cases;
        this.model = cases.model;
        this.a = cases.a;
        this.b = cases.b;
        this.v = cases.v;
        this.twoSteps = cases.twoSteps;
    }

    void add() {
        elementwise();
        pools();
        tables();
    }

    private void elementwise() {
        sum("a + b", b, 1, Activation.NONE);
        sum("relu(a - b)", b, -1, Activation.RELU);
        sum("a + v", v, 1, Activation.NONE);
        int y = model.activation(0.04f, -7, 1, H, W, C);
        model.operator(BuiltinOperator.MUL, new int[] {v, b}, new int[] {y}, BuiltinOptions.MulOptions,
                f -> MulOptions.createMulOptions(f, Activation.NONE));
        double factor = SCALE_V * SCALE_B / 0.04f;
        cases.expect("v * b", y, (first, second, vector) -> each(second.length, i -> clamp(-7L + scale(
                (long) (vector[i % C] - ZERO_V) * (second[i] - ZERO_B), factor, twoSteps), -128, 127)));
        int constant = model.weights(new byte[] {3, -90, 120, 7}, new float[] {0.01f}, 0, 1, 1, 1, C);
        int z = model.activation(0.055f, 2, 1, H, W, C);
        sumOf("a + constant", z, a, constant, SCALE_A, 0.01f, 0.055f, 1, Activation.NONE,
                (first, second, vector) -> pair(first, new int[] {3, -90, 120, 7}, ZERO_A, 0), 2);
    }

    private void sum(String name, int other, int sign, byte activation) {
        int y = model.activation(0.07f, 6, 1, H, W, C);
        float scale = other == b ? SCALE_B : SCALE_V;
        int zero = other == b ? ZERO_B : ZERO_V;
        sumOf(name, y, a, other, SCALE_A, scale, 0.07f, sign, activation,
                (first, second, vector) -> pair(first, other == b ? second : vector, ZERO_A, zero), 6);
    }

    /** The operands without their zero points, one after the other, the second repeated. */
    private static int[] pair(int[] first, int[] second, int zeroFirst, int zeroSecond) {
        return each(2 * first.length, i -> i < first.length ? first[i] - zeroFirst
                : second[(i - first.length) % second.length] - zeroSecond);
    }

    private void sumOf(String name, int y, int first, int second, float scale1, float scale2, float outScale, int sign,
            byte activation, CaseModel.Expected operands, int zero) {
        if (sign > 0) {
            model.operator(BuiltinOperator.ADD, new int[] {first, second}, new int[] {y}, BuiltinOptions.AddOptions,
                    f -> AddOptions.createAddOptions(f, activation));
        } else {
            model.operator(BuiltinOperator.SUB, new int[] {first, second}, new int[] {y}, BuiltinOptions.SubOptions,
                    f -> SubOptions.createSubOptions(f, activation));
        }
        double common = 2 * Math.max(scale1, scale2);
        cases.expect(name, y, (one, two, three) -> {
            int[] x = operands.of(one, two, three);
            int n = x.length / 2;
            return each(n, i -> {
                long left = scale((long) x[i] << 20, scale1 / common, twoSteps);
                long right = scale((long) x[n + i] << 20, scale2 / common, twoSteps);
                int scaled = scale(left + sign * right, common / ((1 << 20) * outScale), twoSteps);
                return activated((long) zero + scaled, activation, outScale, zero);
            });
        });
    }

    private void pools() {
        pool("average pool", BuiltinOperator.AVERAGE_POOL_2D, Padding.SAME, 3, 2, Activation.NONE);
        pool("average pool with relu", BuiltinOperator.AVERAGE_POOL_2D, Padding.VALID, 2, 2, Activation.RELU);
        pool("max pool", BuiltinOperator.MAX_POOL_2D, Padding.SAME, 3, 2, Activation.NONE);
        mean("mean over height and width", 1, H * W, C, true, 1, 2);
        mean("mean over width, axes gone", H, W, C, false, 2);
        mean("mean over channels", H * W, C, 1, true, -1);
    }

    private void pool(String name, int code, byte padding, int kernel, int stride, byte activation) {
        int outH = extent(H, kernel, stride, 1, padding);
        int outW = extent(W, kernel, stride, 1, padding);
        int y = model.activation(SCALE_A, ZERO_A, 1, outH, outW, C);
        model.operator(code, new int[] {a}, new int[] {y}, BuiltinOptions.Pool2DOptions,
                f -> Pool2DOptions.createPool2DOptions(f, padding, stride, stride, kernel, kernel, activation));
        int top = before(H, outH, kernel, stride, 1, padding);
        int left = before(W, outW, kernel, stride, 1, padding);
        cases.expect(name, y, (x, unused, ignored) -> each(outH * outW * C, i -> {
            List<Integer> inside = new ArrayList<>();
            for (int k = 0; k < kernel * kernel; k++) {
                int value = pixel(x, 1000, i / C / outW * stride - top + k / kernel,
                        i / C % outW * stride - left + k % kernel, i % C);
                if (value != 1000) {
                    inside.add(value);
                }
            }
            int result = code == BuiltinOperator.MAX_POOL_2D ? inside.stream().max(Integer::compare).orElseThrow()
                    : divide(inside.stream().mapToInt(q -> q).sum(), inside.size());
            return activated(result, activation, SCALE_A, ZERO_A);
        }));
    }

    private void mean(String name, int outer, int count, int inner, boolean keep, int... axes) {
        int[] dims = outer == 1 ? new int[] {1, 1, 1, C} : inner == 1 ? new int[] {1, H, W, 1} : new int[] {1, H, C};
        int y = model.activation(0.04f, 17, dims);
        model.operator(BuiltinOperator.MEAN, new int[] {a, model.integers(axes)}, new int[] {y},
                BuiltinOptions.ReducerOptions, f -> ReducerOptions.createReducerOptions(f, keep));
        cases.expect(name, y, (x, unused, ignored) -> each(outer * inner, i -> {
            long sum = 0;
            for (int k = 0; k < count; k++) {
                sum += x[(i / inner * count + k) * inner + i % inner] - ZERO_A;
            }
            return clamp(17L + TfliteArithmetic.mean(sum, count, (double) SCALE_A / 0.04f, twoSteps), -128, 127);
        }));
    }

    private void tables() {
        table("relu", BuiltinOperator.RELU, 0.045f, -100, x -> clamp(-100L
                + scale(x, SCALE_A / 0.045f, twoSteps), -100, 127));
        table("relu6", BuiltinOperator.RELU6, 0.02f, -110, x -> clamp(-110L
                + scale(x, SCALE_A / 0.02f, twoSteps), -110, 127));
        table("quantize", BuiltinOperator.QUANTIZE, 0.08f, 30, x -> clamp(30L
                + scale(x, (double) SCALE_A / 0.08f, twoSteps), -128, 127));
        int y = model.activation(0.06f, -1, 1, H, W, C);
        model.operator(BuiltinOperator.LEAKY_RELU, new int[] {a}, new int[] {y}, BuiltinOptions.LeakyReluOptions,
                f -> LeakyReluOptions.createLeakyReluOptions(f, 0.3f));
        cases.expect("leaky relu", y, (x, unused, ignored) -> each(x.length, i -> clamp(-1L + scale(x[i] - ZERO_A,
                x[i] >= ZERO_A ? SCALE_A / 0.06f : SCALE_A * 0.3f / 0.06f, twoSteps), -128, 127)));
    }

    private void table(String name, int code, float scale, int zero, IntUnaryOperator function) {
        int y = model.activation(scale, zero, 1, H, W, C);
        model.operator(code, new int[] {a}, y);
        cases.expect(name, y, (x, unused, ignored) -> each(x.length, i -> function.applyAsInt(x[i] - ZERO_A)));
    }
}
