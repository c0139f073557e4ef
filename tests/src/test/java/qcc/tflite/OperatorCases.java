package qcc.tflite;

import static qcc.tflite.TfliteArithmetic.clamp;
import static qcc.tflite.TfliteArithmetic.divide;
import static qcc.tflite.TfliteArithmetic.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.AddOptions;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.ConcatenationOptions;
import qcc.importer.tflite.schema.Conv2DOptions;
import qcc.importer.tflite.schema.DepthwiseConv2DOptions;
import qcc.importer.tflite.schema.FullyConnectedOptions;
import qcc.importer.tflite.schema.LeakyReluOptions;
import qcc.importer.tflite.schema.MulOptions;
import qcc.importer.tflite.schema.Padding;
import qcc.importer.tflite.schema.Pool2DOptions;
import qcc.importer.tflite.schema.ReducerOptions;
import qcc.importer.tflite.schema.ResizeNearestNeighborOptions;
import qcc.importer.tflite.schema.SplitOptions;
import qcc.importer.tflite.schema.StridedSliceOptions;
import qcc.importer.tflite.schema.SubOptions;

/**
 * One model with every int8 operator: each reads the network's inputs a, b (images [6, 5, 4]) or v (a vector of 4) and
 * gives outputs of its own, whose expected values are stated beside it, from TFLite's definitions.
 */
final class OperatorCases {
    static final int H = 6;
    static final int W = 5;
    static final int C = 4;
    private static final float SCALE_A = 0.05f;
    private static final float SCALE_B = 0.031f;
    private static final float SCALE_V = 0.023f;
    private static final int ZERO_A = -3;
    private static final int ZERO_B = 11;
    private static final int ZERO_V = 5;

    /** What an output must be for the inputs a, b and v. */
    @FunctionalInterface
    interface Expected {
        int[] of(int[] a, int[] b, int[] v);
    }

    /** The expected values of one output. */
    record Case(String name, Expected expected) {
    }

    private final TfliteModel model = new TfliteModel();
    private final int a = model.activation(SCALE_A, ZERO_A, 1, H, W, C);
    private final int b = model.activation(SCALE_B, ZERO_B, 1, H, W, C);
    private final int v = model.activation(SCALE_V, ZERO_V, 1, C);
    private final List<Case> cases = new ArrayList<>();
    private final List<Integer> outputs = new ArrayList<>();
    private final Random random = new Random(7);
    private final boolean twoSteps;

    OperatorCases(boolean twoSteps) {
        this.twoSteps = twoSteps;
        weighted();
        elementwise();
        pools();
        tables();
        moves();
    }

    List<Case> cases() {
        return cases;
    }

    byte[] file() {
        return model.build(new int[] {a, b, v}, outputs.stream().mapToInt(i -> i).toArray());
    }

    private int expect(String name, int output, Expected expected) {
        cases.add(new Case(name, expected));
        outputs.add(output);
        return output;
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private int[] randomBias(int count) {
        return random.ints(count, -3000, 3000).toArray();
    }

    private static float[] perChannel(int count) {
        float[] scales = new float[count];
        for (int i = 0; i < count; i++) {
            scales[i] = 0.002f + 0.0007f * i;
        }
        return scales;
    }

    /** The element of image a, or its zero point outside. */
    private static int pixel(int[] image, int zero, int h, int w, int c) {
        return h >= 0 && h < H && w >= 0 && w < W ? image[(h * W + w) * C + c] : zero;
    }

    private void weighted() {
        conv("conv 3x3 same dilated relu6", 5, 3, 3, 1, 1, 2, 2, Padding.SAME, Activation.RELU6, perChannel(5));
        conv("conv 2x3 valid strided", 3, 2, 3, 2, 1, 1, 1, Padding.VALID, Activation.NONE, new float[] {0.004f});
        depthwise("depthwise 3x3 same, multiplier 2", 2, 3, 1, Padding.SAME, Activation.RELU);
        depthwise("depthwise 2x2 valid strided", 1, 2, 2, Padding.VALID, Activation.RELU_N1_TO_1);
        dense("dense per tensor", a, H * W * C, 7, new float[] {0.0007f}, true);
        dense("dense per channel", v, C, 6, perChannel(6), true);
        dense("dense on rows, without bias", a, C, 3, new float[] {0.005f}, false);
    }

    private void conv(String name, int filters, int kh, int kw, int sh, int sw, int dh, int dw, byte padding,
            byte activation, float[] scales) {
        byte[] weights = randomBytes(filters * kh * kw * C);
        int[] bias = randomBias(filters);
        int outH = extent(H, kh, sh, dh, padding);
        int outW = extent(W, kw, sw, dw, padding);
        float outScale = 0.06f;
        int y = model.activation(outScale, -20, 1, outH, outW, filters);
        int w = model.weights(weights, scales, 0, filters, kh, kw, C);
        model.operator(BuiltinOperator.CONV_2D, new int[] {a, w, model.integers(bias)}, new int[] {y},
                BuiltinOptions.Conv2DOptions,
                f -> Conv2DOptions.createConv2DOptions(f, padding, sw, sh, activation, dw, dh));
        int top = before(H, outH, kh, sh, dh, padding);
        int left = before(W, outW, kw, sw, dw, padding);
        expect(name, y, (x, unused, ignored) -> {
            int[] result = new int[outH * outW * filters];
            for (int i = 0; i < result.length; i++) {
                int o = i % filters;
                long sum = bias[o];
                for (int k = 0; k < kh * kw * C; k++) {
                    int h = i / filters / outW * sh - top + k / C / kw * dh;
                    int column = i / filters % outW * sw - left + k / C % kw * dw;
                    sum += (long) weights[o * kh * kw * C + k] * (pixel(x, ZERO_A, h, column, k % C) - ZERO_A);
                }
                double factor = (double) SCALE_A * scales[scales.length == 1 ? 0 : o] / outScale;
                result[i] = activated(-20L + scale(sum, factor, twoSteps), activation, outScale, -20);
            }
            return result;
        });
    }

    private void depthwise(String name, int multiplier, int kernel, int stride, byte padding, byte activation) {
        int filters = C * multiplier;
        byte[] weights = randomBytes(kernel * kernel * filters);
        int[] bias = randomBias(filters);
        float[] scales = perChannel(filters);
        int outH = extent(H, kernel, stride, 1, padding);
        int outW = extent(W, kernel, stride, 1, padding);
        float outScale = 0.03f;
        int y = model.activation(outScale, 4, 1, outH, outW, filters);
        int w = model.weights(weights, scales, 3, 1, kernel, kernel, filters);
        model.operator(BuiltinOperator.DEPTHWISE_CONV_2D, new int[] {a, w, model.integers(bias)}, new int[] {y},
                BuiltinOptions.DepthwiseConv2DOptions, f -> DepthwiseConv2DOptions.createDepthwiseConv2DOptions(f,
                        padding, stride, stride, multiplier, activation, 1, 1));
        int top = before(H, outH, kernel, stride, 1, padding);
        int left = before(W, outW, kernel, stride, 1, padding);
        expect(name, y, (x, unused, ignored) -> {
            int[] result = new int[outH * outW * filters];
            for (int i = 0; i < result.length; i++) {
                int o = i % filters;
                long sum = bias[o];
                for (int k = 0; k < kernel * kernel; k++) {
                    int h = i / filters / outW * stride - top + k / kernel;
                    int column = i / filters % outW * stride - left + k % kernel;
                    sum += (long) weights[k * filters + o] * (pixel(x, ZERO_A, h, column, o / multiplier) - ZERO_A);
                }
                double factor = (double) SCALE_A * scales[o] / outScale;
                result[i] = activated(4L + scale(sum, factor, twoSteps), activation, outScale, 4);
            }
            return result;
        });
    }

    private void dense(String name, int input, int fanIn, int units, float[] scales, boolean withBias) {
        byte[] weights = randomBytes(units * fanIn);
        int[] bias = withBias ? randomBias(units) : new int[units];
        int rows = (input == a ? H * W * C : C) / fanIn;
        float inScale = input == a ? SCALE_A : SCALE_V;
        int zero = input == a ? ZERO_A : ZERO_V;
        float outScale = 0.09f;
        int y = rows == 1 ? model.activation(outScale, 9, 1, units) : model.activation(outScale, 9, rows, units);
        int w = model.weights(weights, scales, 0, units, fanIn);
        int[] inputs = withBias ? new int[] {input, w, model.integers(bias)} : new int[] {input, w, -1};
        model.operator(BuiltinOperator.FULLY_CONNECTED, inputs, new int[] {y}, BuiltinOptions.FullyConnectedOptions,
                f -> FullyConnectedOptions.createFullyConnectedOptions(f, Activation.NONE, (byte) 0, false));
        expect(name, y, (first, unused, vector) -> {
            int[] x = input == a ? first : vector;
            int[] result = new int[rows * units];
            for (int i = 0; i < result.length; i++) {
                int o = i % units;
                long sum = bias[o];
                for (int k = 0; k < fanIn; k++) {
                    sum += (long) weights[o * fanIn + k] * (x[i / units * fanIn + k] - zero);
                }
                double factor = scales.length == 1 ? (double) (inScale * scales[0]) / outScale
                        : (double) inScale * scales[o] / outScale;
                result[i] = clamp(9L + scale(sum, factor, twoSteps), -128, 127);
            }
            return result;
        });
    }

    private static int extent(int in, int kernel, int stride, int dilation, byte padding) {
        int span = (kernel - 1) * dilation + 1;
        return padding == Padding.SAME ? (in + stride - 1) / stride : (in - span) / stride + 1;
    }

    private static int before(int in, int out, int kernel, int stride, int dilation, byte padding) {
        return padding == Padding.SAME ? Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in) / 2 : 0;
    }

    private static int activated(long value, byte activation, float scale, int zero) {
        int zeroOrLess = activation == Activation.NONE ? -128
                : activation == Activation.RELU_N1_TO_1 ? zero + Math.round(-1 / scale) : zero;
        int most = activation == Activation.RELU6 ? zero + Math.round(6 / scale)
                : activation == Activation.RELU_N1_TO_1 ? zero + Math.round(1 / scale) : 127;
        return clamp(value, Math.max(-128, zeroOrLess), Math.min(127, most));
    }

    private void elementwise() {
        sum("a + b", b, 1, Activation.NONE);
        sum("relu(a - b)", b, -1, Activation.RELU);
        sum("a + v", v, 1, Activation.NONE);
        int y = model.activation(0.04f, -7, 1, H, W, C);
        model.operator(BuiltinOperator.MUL, new int[] {v, b}, new int[] {y}, BuiltinOptions.MulOptions,
                f -> MulOptions.createMulOptions(f, Activation.NONE));
        double factor = SCALE_V * SCALE_B / 0.04f;
        expect("v * b", y, (first, second, vector) -> each(second.length, i -> clamp(-7L + scale(
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
            byte activation, Expected operands, int zero) {
        if (sign > 0) {
            model.operator(BuiltinOperator.ADD, new int[] {first, second}, new int[] {y}, BuiltinOptions.AddOptions,
                    f -> AddOptions.createAddOptions(f, activation));
        } else {
            model.operator(BuiltinOperator.SUB, new int[] {first, second}, new int[] {y}, BuiltinOptions.SubOptions,
                    f -> SubOptions.createSubOptions(f, activation));
        }
        double common = 2 * Math.max(scale1, scale2);
        expect(name, y, (one, two, three) -> {
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
        expect(name, y, (x, unused, ignored) -> each(outH * outW * C, i -> {
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
        expect(name, y, (x, unused, ignored) -> each(outer * inner, i -> {
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
        expect("leaky relu", y, (x, unused, ignored) -> each(x.length, i -> clamp(-1L + scale(x[i] - ZERO_A,
                x[i] >= ZERO_A ? SCALE_A / 0.06f : SCALE_A * 0.3f / 0.06f, twoSteps), -128, 127)));
    }

    private void table(String name, int code, float scale, int zero, IntUnaryOperator function) {
        int y = model.activation(scale, zero, 1, H, W, C);
        model.operator(code, new int[] {a}, y);
        expect(name, y, (x, unused, ignored) -> each(x.length, i -> function.applyAsInt(x[i] - ZERO_A)));
    }

    private void moves() {
        moved("reshape", BuiltinOperator.RESHAPE, new int[] {W, H * C}, i -> i, 1, W, H * C);
        moved("expand dims", BuiltinOperator.EXPAND_DIMS, new int[] {0}, i -> i, 1, 1, H, W, C);
        moved("transpose", BuiltinOperator.TRANSPOSE, new int[] {0, 3, 1, 2},
                i -> i % (H * W) * C + i / (H * W), 1, C, H, W);
        moved("pad", BuiltinOperator.PAD, new int[] {0, 0, 1, 0, 0, 2, 0, 0}, i -> {
            int h = i / C / (W + 2) - 1;
            int w = i / C % (W + 2);
            return h < 0 || w >= W ? -1 : (h * W + w) * C + i % C;
        }, 1, H + 1, W + 2, C);
        int size = model.integers(2 * H, 3 * W);
        int big = model.activation(SCALE_A, ZERO_A, 1, 2 * H, 3 * W, C);
        model.operator(BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, new int[] {a, size}, new int[] {big},
                BuiltinOptions.ResizeNearestNeighborOptions,
                f -> ResizeNearestNeighborOptions.createResizeNearestNeighborOptions(f, false, true));
        expect("resize", big, (x, unused, ignored) -> each(2 * H * 3 * W * C,
                i -> x[(i / C / (3 * W) / 2 * W + i / C % (3 * W) / 3) * C + i % C]));
        slices();
        int joined = model.activation(SCALE_A, ZERO_A, 1, H, 2 * W, C);
        model.operator(BuiltinOperator.CONCATENATION, new int[] {a, a}, new int[] {joined},
                BuiltinOptions.ConcatenationOptions,
                f -> ConcatenationOptions.createConcatenationOptions(f, -2, Activation.NONE));
        expect("concatenation", joined, (x, unused, ignored) -> each(2 * x.length,
                i -> x[i / (2 * W * C) * W * C + i % (W * C)]));
    }

    private void slices() {
        int y = model.activation(SCALE_A, ZERO_A, 1, 2, W, 3);
        model.operator(BuiltinOperator.STRIDED_SLICE, new int[] {a, model.integers(0, 1, 0, -3),
            model.integers(1, 5, 0, 0), model.integers(1, 3, 1, 1)}, new int[] {y}, BuiltinOptions.StridedSliceOptions,
                f -> StridedSliceOptions.createStridedSliceOptions(f, 0, 0b1100, 0, 0, 0, false));
        expect("strided slice", y, (x, unused, ignored) -> each(2 * W * 3,
                i -> x[((1 + i / 3 / W * 3) * W + i / 3 % W) * C + 1 + i % 3]));
        int row = model.activation(SCALE_A, ZERO_A, 1, W, C);
        model.operator(BuiltinOperator.STRIDED_SLICE, new int[] {a, model.integers(0, -2, 0, 0),
            model.integers(1, 0, W, C), model.integers(1, 1, 1, 1)}, new int[] {row},
                BuiltinOptions.StridedSliceOptions,
                f -> StridedSliceOptions.createStridedSliceOptions(f, 0, 0, 0, 0, 0b0010, false));
        expect("strided slice of one row", row, (x, unused, ignored) -> each(W * C, i -> x[(H - 2) * W * C + i]));
        int left = model.activation(SCALE_A, ZERO_A, 1, H / 2, W, C);
        int right = model.activation(SCALE_A, ZERO_A, 1, H / 2, W, C);
        model.operator(BuiltinOperator.SPLIT, new int[] {model.integersOf(new int[] {1}), a}, new int[] {left, right},
                BuiltinOptions.SplitOptions, f -> SplitOptions.createSplitOptions(f, 2));
        expect("split, first", left, (x, unused, ignored) -> each(H / 2 * W * C, i -> x[i]));
        expect("split, second", right, (x, unused, ignored) -> each(H / 2 * W * C, i -> x[H / 2 * W * C + i]));
    }

    /** An operator that moves the elements of a; {@code from} gives the source of each, or -1 for the zero point. */
    private void moved(String name, int code, int[] argument, IntUnaryOperator from, int... dims) {
        int y = model.activation(SCALE_A, ZERO_A, dims);
        int constant = code == BuiltinOperator.PAD ? model.integersOf(argument, argument.length / 2, 2)
                : model.integers(argument);
        model.operator(code, new int[] {a, constant}, y);
        int n = Arrays.stream(dims).reduce(1, (p, q) -> p * q);
        expect(name, y, (x, unused, ignored) -> each(n,
                i -> from.applyAsInt(i) < 0 ? ZERO_A : x[from.applyAsInt(i)]));
    }

    private static int[] each(int n, IntUnaryOperator value) {
        int[] result = new int[n];
        for (int i = 0; i < n; i++) {
            result[i] = value.applyAsInt(i);
        }
        return result;
    }
}
