package qcc.tests.calibration;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import qcc.ops.AveragePooling;
import qcc.ops.IntegerOperation;
import qcc.ops.Lookup;
import qcc.ops.MaxPool;
import qcc.ops.Requantization;
import qcc.ops.Softmax;
import qcc.ops.WeightedAddition;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.tflite.TfliteAddition;
import qcc.ops.tflite.TfliteAveragePool;
import qcc.ops.tflite.TfliteSoftmax;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Random layers without weights: element by element, over windows, and over rows. */
final class ElementSamples {
    private static final int[] LENGTHS = {16, 64, 100, 256, 500, 1000, 2048, 4096, 9000};

    private final Random random;

    ElementSamples(Random random) {
        this.random = random;
    }

    LayerSample add() {
        int n = pick(LENGTHS);
        boolean powersOfTwo = random.nextInt(3) == 0;
        int m1 = powersOfTwo ? 1 : 3000 + random.nextInt(9000);
        int m2 = powersOfTwo ? 1 << random.nextInt(4) : 3000 + random.nextInt(9000);
        int shift = powersOfTwo ? 1 : 14;
        return pair(new WeightedAddition.Int8(new WeightedAddition.Geometry(n, n, m1, m2, random.nextInt(1 << shift),
                shift, random.nextBoolean() ? 0 : -128, 127)), n);
    }

    LayerSample tfliteAdd() {
        int n = pick(LENGTHS);
        int zero = random.nextBoolean() ? -128 : random.nextInt(41) - 20;
        return pair(TfliteAddition.of(n, n, operand(), operand(), 1,
                new Requantization(Requantization.Tflite.of(List.of(QuantizedMultiplier.of(
                        Math.scalb(1 + random.nextDouble(), -20), RoundingSteps.DOUBLE)), RoundingSteps.DOUBLE, zero),
                        -128, 127)), n);
    }

    private TfliteAddition.Operand operand() {
        return new TfliteAddition.Operand(random.nextInt(41) - 20,
                QuantizedMultiplier.of(0.2 + random.nextDouble() * 0.3, RoundingSteps.DOUBLE));
    }

    private static LayerSample pair(IntegerOperation operation, int n) {
        return new LayerSample(operation, List.of(Shape.of(n), Shape.of(n)));
    }

    LayerSample lookup() {
        int n = pick(LENGTHS);
        return new LayerSample(new Lookup(new Lookup.Geometry(n), IntTensor.vector(IntStream.range(0, 256)
                .map(i -> random.nextInt(256) - 128).toArray()), "any"), List.of(Shape.of(n)));
    }

    LayerSample maxPool() {
        Window window = pool();
        int channels = channels();
        return new LayerSample(new MaxPool.Int8(new MaxPool.Geometry(window, channels, -128, 127)),
                image(window, channels));
    }

    LayerSample tfliteAvgPool() {
        Window window = pool();
        int channels = channels();
        return new LayerSample(new TfliteAveragePool(new TfliteAveragePool.Geometry(window, channels, -128, 127)),
                image(window, channels));
    }

    LayerSample avgPool() {
        Window window = pool();
        int channels = channels();
        int taps = window.kernelH() * window.kernelW();
        IntTensor factors = window.isPadded()
                ? IntTensor.vector(IntStream.rangeClosed(1, taps).map(n -> (int) ((1L << 31) / n)).toArray())
                : IntTensor.vector((int) ((1L << 31) / taps));
        return new LayerSample(new AveragePooling.Int8(new AveragePooling.Geometry(window, channels,
                random.nextInt(21) - 10), window.output(channels),
                new Requantization(new Requantization.Multiply(factors, 0, 0), -128, 127)), image(window, channels));
    }

    LayerSample softmax() {
        Shape shape = vectors();
        int[] table = IntStream.range(0, pick(40, 100, 256))
                .map(d -> (int) (Integer.MAX_VALUE * StrictMath.exp(-d * 0.05))).toArray();
        return new LayerSample(new Softmax.Int8(new Softmax.Geometry(shape.dim(0), shape.dim(1), table.length, 1 << 30, 8,
                -128), IntTensor.vector(table)), List.of(shape));
    }

    LayerSample tfliteSoftmax() {
        Shape shape = vectors();
        return new LayerSample(TfliteSoftmax.of(shape.dim(0), shape.dim(1), 0.05f + random.nextFloat() * 0.2f, 1,
                RoundingSteps.DOUBLE), List.of(shape));
    }

    private Shape vectors() {
        return Shape.of(pick(1, 1, 2, 5, 20), pick(2, 3, 4, 10, 10, 12, 20, 35));
    }

    private static List<Shape> image(Window window, int channels) {
        return List.of(Shape.of(window.inH(), window.inW(), channels));
    }

    private int channels() {
        return pick(4, 8, 10, 12, 16, 16, 24, 32, 64, 64);
    }

    /** Half of them global. */
    private Window pool() {
        int height = pick(2, 3, 4, 6, 8, 12, 16, 25);
        int width = pick(2, 3, 5, 6, 8, 12, 16);
        boolean global = random.nextBoolean();
        Extent kernel = global ? new Extent(height, width) : pick(2, 2, 3) == 2 ? new Extent(2, 2) : new Extent(3, 3);
        Padding padding = random.nextBoolean() && kernel.height() <= height && kernel.width() <= width
                ? new Padding.Valid() : new Padding.Same();
        return Window.of(Shape.of(height, width, 1), kernel, global ? kernel : new Extent(2, 2),
                global ? new Padding.Valid() : padding, new Extent(1, 1));
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }
}
