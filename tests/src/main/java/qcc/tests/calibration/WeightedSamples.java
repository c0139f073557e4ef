package qcc.tests.calibration;

import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import qcc.ops.Conv2d;
import qcc.ops.Dense;
import qcc.ops.DepthwiseConv2d;
import qcc.ops.Requantization;
import qcc.ops.Window;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.ops.fixedpoint.QuantizedMultiplier;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Random layers with weights, of the shapes, sums and requantisations that networks for microcontrollers have. */
final class WeightedSamples {
    private static final int MOST_WEIGHTS = 20_000;
    private static final int MOST_PRODUCTS = 600_000;
    /** Standard deviations: of weights, of an int8 input, and of a result. */
    private static final double WEIGHT = 25;
    private static final double INPUT = 74;
    private static final double RESULT = 50;

    private final Random random;

    WeightedSamples(Random random) {
        this.random = random;
    }

    LayerSample conv2d() {
        return sensible(this::anyConv2d);
    }

    LayerSample depthwise() {
        return sensible(this::anyDepthwise);
    }

    LayerSample dense() {
        return sensible(() -> {
            int in = pick(4, 8, 10, 12, 16, 24, 32, 45, 64, 64, 100, 128, 128, 200, 256, 392, 640);
            int out = pick(1, 2, 3, 5, 8, 10, 12, 16, 32, 64, 128, 128);
            return new LayerSample(new Dense.Int8(new Dense.Geometry(in, out), weights(in * out), bias(out),
                    requantization(in, out)), List.of(Shape.of(in)));
        });
    }

    private LayerSample anyConv2d() {
        int inC = pick(1, 1, 3, 3, 4, 6, 8, 8, 10, 12, 16, 16, 16, 20, 24, 32, 32, 48, 64, 64, 7, 13);
        int outC = pick(2, 4, 5, 8, 8, 10, 12, 16, 16, 20, 24, 32, 32, 48, 64, 64, 13);
        Window window = window(kernel(random.nextInt(2) == 0 ? 1 : 3), 2);
        int fanIn = window.kernelH() * window.kernelW() * inC;
        return new LayerSample(new Conv2d.Int8(new Conv2d.Geometry(window, inC, outC, 1, zero()),
                weights(fanIn * outC), bias(outC), requantization(fanIn, outC)),
                List.of(Shape.of(window.inH(), window.inW(), inC)));
    }

    private LayerSample anyDepthwise() {
        int channels = pick(2, 3, 4, 5, 6, 8, 8, 10, 12, 16, 16, 24, 32, 48, 64, 64);
        Window window = window(kernel(3), 2);
        int taps = window.kernelH() * window.kernelW();
        return new LayerSample(new DepthwiseConv2d.Int8(
                new DepthwiseConv2d.Geometry(window, channels, channels, 1, zero()), weights(taps * channels),
                bias(channels), requantization(taps, channels)),
                List.of(Shape.of(window.inH(), window.inW(), channels)));
    }

    /** The usual kernel, and sometimes another one. */
    private Extent kernel(int usual) {
        return switch (random.nextInt(10)) {
            case 0 -> new Extent(5, 5);
            case 1 -> random.nextBoolean() ? new Extent(10, 4) : new Extent(pick(1, 2, 3), pick(2, 3));
            default -> new Extent(usual, usual);
        };
    }

    Window window(Extent kernel, int mostStride) {
        int height = Math.max(kernel.height(), pick(3, 5, 6, 8, 12, 16, 20, 24, 25, 32, 48));
        int width = Math.max(kernel.width(), pick(3, 5, 6, 8, 10, 12, 16, 20, 24, 32, 48));
        int stride = random.nextInt(3) == 0 ? mostStride : 1;
        Padding padding = random.nextInt(4) == 0 ? new Padding.Valid() : new Padding.Same();
        return Window.of(Shape.of(height, width, 1), kernel, new Extent(stride, stride), padding, new Extent(1, 1));
    }

    /** One that a microcontroller runs in a moment. */
    private static LayerSample sensible(Supplier<LayerSample> samples) {
        while (true) {
            LayerSample sample = samples.get();
            long weights = sample.operation().constants().get(0).data().size();
            if (weights <= MOST_WEIGHTS && sample.operation().macs() <= MOST_PRODUCTS && sample.bytes() <= 1 << 15) {
                return sample;
            }
        }
    }

    private int zero() {
        return random.nextInt(4) == 0 ? 0 : pick(-128, -128, -10, 3);
    }

    private IntTensor weights(int count) {
        return vector(count, () -> (int) Math.max(-127, Math.min(127, Math.round(random.nextGaussian() * WEIGHT))));
    }

    private IntTensor bias(int count) {
        return vector(count, () -> random.nextInt(4001) - 2000);
    }

    private static IntTensor vector(int count, IntSupplier values) {
        return IntTensor.vector(IntStream.generate(values).limit(count).toArray());
    }

    /** For sums of so many products: mostly TFLite's rule for each channel, sometimes another one. */
    private Requantization requantization(int fanIn, int channels) {
        double factor = RESULT / (WEIGHT * INPUT * Math.sqrt(fanIn));
        boolean relu = random.nextBoolean();
        int zero = relu ? -128 : random.nextInt(61) - 30;
        int count = random.nextInt(4) == 0 ? 1 : channels;
        Requantization.Rule rule = switch (random.nextInt(6)) {
            case 0 -> new Requantization.Shift(vector(count, () -> (int) Math.round(-log2(vary(factor)))));
            case 1 -> new Requantization.Multiply(vector(count, () -> (int) Math.round(vary(factor) * (1L << 32))), 0,
                    zero);
            default -> Requantization.Tflite.of(IntStream.range(0, count).mapToObj(c ->
                    QuantizedMultiplier.of(vary(factor), RoundingSteps.DOUBLE)).toList(), RoundingSteps.DOUBLE, zero);
        };
        return new Requantization(rule, relu && rule instanceof Requantization.Shift ? 0 : -128, 127);
    }

    private double vary(double factor) {
        return factor * (0.6 + random.nextDouble());
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    int pick(int... values) {
        return values[random.nextInt(values.length)];
    }
}
