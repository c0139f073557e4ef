package qcc.tflite;

import static qcc.tflite.CaseModel.C;
import static qcc.tflite.CaseModel.H;
import static qcc.tflite.CaseModel.SCALE_A;
import static qcc.tflite.CaseModel.SCALE_V;
import static qcc.tflite.CaseModel.W;
import static qcc.tflite.CaseModel.ZERO_A;
import static qcc.tflite.CaseModel.ZERO_V;
import static qcc.tflite.CaseModel.activated;
import static qcc.tflite.CaseModel.before;
import static qcc.tflite.CaseModel.extent;
import static qcc.tflite.CaseModel.pixel;
import static qcc.tflite.TfliteArithmetic.clamp;
import static qcc.tflite.TfliteArithmetic.scale;

import java.util.Random;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.Conv2DOptions;
import qcc.importer.tflite.schema.DepthwiseConv2DOptions;
import qcc.importer.tflite.schema.FullyConnectedOptions;
import qcc.importer.tflite.schema.Padding;

/** Convolutions and fully connected layers. */
final class WeightedCases {
    private final Random random = new Random(7);
    private final CaseModel cases;
    private final TfliteModel model;
    private final int a;
    private final int v;
    private final boolean twoSteps;

    WeightedCases(CaseModel cases) {
        this.cases = cases;
        this.model = cases.model;
        this.a = cases.a;
        this.v = cases.v;
        this.twoSteps = cases.twoSteps;
    }

    void add() {
        conv("conv 3x3 same dilated relu6", 5, 3, 3, 1, 1, 2, 2, Padding.SAME, Activation.RELU6, perChannel(5));
        conv("conv 2x3 valid strided", 3, 2, 3, 2, 1, 1, 1, Padding.VALID, Activation.NONE, new float[] {0.004f});
        depthwise("depthwise 3x3 same, multiplier 2", 2, 3, 1, Padding.SAME, Activation.RELU);
        depthwise("depthwise 2x2 valid strided", 1, 2, 2, Padding.VALID, Activation.RELU_N1_TO_1);
        dense("dense per tensor", a, H * W * C, 7, new float[] {0.0007f}, true);
        dense("dense per channel", v, C, 6, perChannel(6), true);
        dense("dense on rows, without bias", a, C, 3, new float[] {0.005f}, false);
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
        cases.expect(name, y, (x, unused, ignored) -> {
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
        cases.expect(name, y, (x, unused, ignored) -> {
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
        cases.expect(name, y, (first, unused, vector) -> {
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
}
