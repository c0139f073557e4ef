package qcc.tflite;

import static qcc.tflite.TfliteArithmetic.clamp;
import static qcc.tflite.TfliteArithmetic.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.Padding;

/**
 * A model whose operators each read the network's inputs a, b (images [6, 5, 4]) or v (a vector of 4) and give outputs of
 * their own, whose expected values are stated beside it, from TFLite's definitions.
 */
final class CaseModel {
    static final int H = 6;
    static final int W = 5;
    static final int C = 4;
    static final float SCALE_A = 0.05f;
    static final float SCALE_B = 0.031f;
    static final float SCALE_V = 0.023f;
    static final int ZERO_A = -3;
    static final int ZERO_B = 11;
    static final int ZERO_V = 5;

    /** What an output must be for the inputs a, b and v. */
    @FunctionalInterface
    interface Expected {
        int[] of(int[] a, int[] b, int[] v);
    }

    /** The expected values of one output. */
    record Case(String name, Expected expected) {
    }

    final TfliteModel model = new TfliteModel();
    final int a = model.activation(SCALE_A, ZERO_A, 1, H, W, C);
    final int b = model.activation(SCALE_B, ZERO_B, 1, H, W, C);
    final int v = model.activation(SCALE_V, ZERO_V, 1, C);
    final boolean twoSteps;
    private final List<Case> cases = new ArrayList<>();
    private final List<Integer> outputs = new ArrayList<>();

    private CaseModel(boolean twoSteps) {
        this.twoSteps = twoSteps;
    }

    /** One model with every int8 operator. */
    static CaseModel ofAllOperators(boolean twoSteps) {
        CaseModel cases = new CaseModel(twoSteps);
        new WeightedCases(cases).add();
        new ArithmeticCases(cases).add();
        new MovementCases(cases).add();
        return cases;
    }

    List<Case> cases() {
        return cases;
    }

    byte[] file() {
        return model.build(new int[] {a, b, v}, outputs.stream().mapToInt(i -> i).toArray());
    }

    /** States what a tensor, which becomes an output, must be. */
    void expect(String name, int output, Expected expected) {
        cases.add(new Case(name, expected));
        outputs.add(output);
    }

    /** The element of image a, or its zero point outside. */
    static int pixel(int[] image, int zero, int h, int w, int c) {
        return h >= 0 && h < H && w >= 0 && w < W ? image[(h * W + w) * C + c] : zero;
    }

    static int extent(int in, int kernel, int stride, int dilation, byte padding) {
        int span = (kernel - 1) * dilation + 1;
        return padding == Padding.SAME ? (in + stride - 1) / stride : (in - span) / stride + 1;
    }

    static int before(int in, int out, int kernel, int stride, int dilation, byte padding) {
        return padding == Padding.SAME ? Math.max(0, (out - 1) * stride + (kernel - 1) * dilation + 1 - in) / 2 : 0;
    }

    static int activated(long value, byte activation, float scale, int zero) {
        int zeroOrLess = activation == Activation.NONE ? -128
                : activation == Activation.RELU_N1_TO_1 ? zero + Math.round(-1 / scale) : zero;
        int most = activation == Activation.RELU6 ? zero + Math.round(6 / scale)
                : activation == Activation.RELU_N1_TO_1 ? zero + Math.round(1 / scale) : 127;
        return clamp(value, Math.max(-128, zeroOrLess), Math.min(127, most));
    }

    static int[] each(int n, IntUnaryOperator value) {
        int[] result = new int[n];
        for (int i = 0; i < n; i++) {
            result[i] = value.applyAsInt(i);
        }
        return result;
    }
}
