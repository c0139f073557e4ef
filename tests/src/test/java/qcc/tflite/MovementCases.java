package qcc.tflite;

import static qcc.tflite.CaseModel.C;
import static qcc.tflite.CaseModel.H;
import static qcc.tflite.CaseModel.SCALE_A;
import static qcc.tflite.CaseModel.W;
import static qcc.tflite.CaseModel.ZERO_A;
import static qcc.tflite.CaseModel.each;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import qcc.importer.tflite.schema.Activation;
import qcc.importer.tflite.schema.BuiltinOperator;
import qcc.importer.tflite.schema.BuiltinOptions;
import qcc.importer.tflite.schema.ConcatenationOptions;
import qcc.importer.tflite.schema.ResizeNearestNeighborOptions;
import qcc.importer.tflite.schema.SplitOptions;
import qcc.importer.tflite.schema.StridedSliceOptions;

/** Operators that move values. */
final class MovementCases {
    private final CaseModel cases;
    private final TfliteModel model;
    private final int a;

    MovementCases(CaseModel cases) {
        this.cases = cases;
        this.model = cases.model;
        this.a = cases.a;
    }

    void add() {
        moves();
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
        cases.expect("resize", big, (x, unused, ignored) -> each(2 * H * 3 * W * C,
                i -> x[(i / C / (3 * W) / 2 * W + i / C % (3 * W) / 3) * C + i % C]));
        slices();
        int joined = model.activation(SCALE_A, ZERO_A, 1, H, 2 * W, C);
        model.operator(BuiltinOperator.CONCATENATION, new int[] {a, a}, new int[] {joined},
                BuiltinOptions.ConcatenationOptions,
                f -> ConcatenationOptions.createConcatenationOptions(f, -2, Activation.NONE));
        cases.expect("concatenation", joined, (x, unused, ignored) -> each(2 * x.length,
                i -> x[i / (2 * W * C) * W * C + i % (W * C)]));
    }

    private void slices() {
        int y = model.activation(SCALE_A, ZERO_A, 1, 2, W, 3);
        model.operator(BuiltinOperator.STRIDED_SLICE, new int[] {a, model.integers(0, 1, 0, -3),
            model.integers(1, 5, 0, 0), model.integers(1, 3, 1, 1)}, new int[] {y}, BuiltinOptions.StridedSliceOptions,
                f -> StridedSliceOptions.createStridedSliceOptions(f, 0, 0b1100, 0, 0, 0, false));
        cases.expect("strided slice", y, (x, unused, ignored) -> each(2 * W * 3,
                i -> x[((1 + i / 3 / W * 3) * W + i / 3 % W) * C + 1 + i % 3]));
        int row = model.activation(SCALE_A, ZERO_A, 1, W, C);
        model.operator(BuiltinOperator.STRIDED_SLICE, new int[] {a, model.integers(0, -2, 0, 0),
            model.integers(1, 0, W, C), model.integers(1, 1, 1, 1)}, new int[] {row},
                BuiltinOptions.StridedSliceOptions,
                f -> StridedSliceOptions.createStridedSliceOptions(f, 0, 0, 0, 0, 0b0010, false));
        cases.expect("strided slice of one row", row, (x, unused, ignored) -> each(W * C, i -> x[(H - 2) * W * C + i]));
        int left = model.activation(SCALE_A, ZERO_A, 1, H / 2, W, C);
        int right = model.activation(SCALE_A, ZERO_A, 1, H / 2, W, C);
        model.operator(BuiltinOperator.SPLIT, new int[] {model.integersOf(new int[] {1}), a}, new int[] {left, right},
                BuiltinOptions.SplitOptions, f -> SplitOptions.createSplitOptions(f, 2));
        cases.expect("split, first", left, (x, unused, ignored) -> each(H / 2 * W * C, i -> x[i]));
        cases.expect("split, second", right, (x, unused, ignored) -> each(H / 2 * W * C, i -> x[H / 2 * W * C + i]));
    }

    /** An operator that moves the elements of a; {@code from} gives the source of each, or -1 for the zero point. */
    private void moved(String name, int code, int[] argument, IntUnaryOperator from, int... dims) {
        int y = model.activation(SCALE_A, ZERO_A, dims);
        int constant = code == BuiltinOperator.PAD ? model.integersOf(argument, argument.length / 2, 2)
                : model.integers(argument);
        model.operator(code, new int[] {a, constant}, y);
        int n = Arrays.stream(dims).reduce(1, (p, q) -> p * q);
        cases.expect(name, y, (x, unused, ignored) -> each(n,
                i -> from.applyAsInt(i) < 0 ? ZERO_A : x[from.applyAsInt(i)]));
    }
}
