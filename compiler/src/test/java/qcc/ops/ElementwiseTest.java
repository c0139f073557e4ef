package qcc.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.ir.Interval;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Sums, softmax and tables in integers against reals, over whole ranges of int8. */
class ElementwiseTest {
    private static final Layer<NoAttributes> ADD = Layer.plain(new Add(), new NoAttributes());
    private static final Layer<NoAttributes> SUB = Layer.plain(new Sub(), new NoAttributes());
    private static final Layer<NoAttributes> SOFTMAX = Layer.plain(new Softmax(), new NoAttributes());

    private static Quantization random(Random random, boolean powerOfTwo) {
        double value = Math.scalb(1 + random.nextDouble(), random.nextInt(7) - 8);
        return new Quantization(powerOfTwo ? Scale.powerOfTwo(Math.getExponent(value)) : Scale.dyadic(value),
                random.nextInt(256) - 128);
    }

    private static double saturated(double real, Quantization q) {
        return Math.max(-128, Math.min(127, real / q.scale().toDouble() + q.zeroPoint()));
    }

    @Test
    void sumsAndDifferencesRoundToTheNearestStep() {
        Random random = new Random(6);
        for (int round = 0; round < 60; round++) {
            boolean powersOfTwo = round % 2 == 0;
            List<Quantization> in = List.of(random(random, powersOfTwo), random(random, powersOfTwo));
            Quantization out = random(random, powersOfTwo);
            Layer<NoAttributes> layer = round % 3 == 0 ? SUB : ADD;
            IntegerOperation operation = Bench.lower(layer, Shape.of(256), in, out);
            assertThatCode(operation::proveAccumulators).doesNotThrowAnyException();
            IntTensor a = Bench.everyByte();
            IntTensor b = IntTensor.vector(random.ints(256, -128, 128).toArray());
            IntTensor y = operation.evaluate(List.of(a, b));
            for (int i = 0; i < 256; i++) {
                double real = in.get(0).dequantize(a.get(i))
                        + (layer == SUB ? -1 : 1) * in.get(1).dequantize(b.get(i));
                assertThat((double) y.get(i)).isEqualTo(saturated(real, out), within(powersOfTwo ? 0.5 : 0.51));
            }
        }
    }

    @Test
    void equalScalesNeedNoShift() {
        Quantization q = new Quantization(Scale.powerOfTwo(-5), 7);
        WeightedAddition.Int8 sum = (WeightedAddition.Int8) Bench.lower(ADD, Shape.of(4), List.of(q, q), q);
        assertThat(sum.geometry().shift()).isZero();
        assertThat(sum.geometry().m1()).isEqualTo(1);
        assertThat(sum.geometry().bias()).isEqualTo(-7);
    }

    @Test
    void aClampOfASumNarrowsItsBounds() {
        Quantization q = new Quantization(Scale.powerOfTwo(-4), -20);
        WeightedAddition.Int8 sum = (WeightedAddition.Int8) Bench.lower(ADD.withClamp(new Interval(0, 2)),
                Shape.of(4), List.of(q, q), q);
        assertThat(sum.geometry().lo()).isEqualTo(-20);
        assertThat(sum.geometry().hi()).isEqualTo(12);
    }

    @Test
    void operandsThatAreFarCoarserThanTheResultAreRefused() {
        Quantization coarse = new Quantization(Scale.powerOfTwo(30), 0);
        Quantization fine = new Quantization(Scale.powerOfTwo(-7), 0);
        assertThatThrownBy(() -> Bench.lower(ADD, Shape.of(4), List.of(coarse, coarse), fine))
                .isInstanceOf(QuantizationException.class).hasMessageContaining("steps of the result");
        assertThatCode(() -> Bench.lower(ADD, Shape.of(4), List.of(fine, fine), coarse)).doesNotThrowAnyException();
    }

    /** The sum of the results is 256 steps up to rounding, the largest input has the largest result. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 100, 256})
    void softmaxIsCloseToReals(int length) {
        Random random = new Random(length);
        for (int exponent = -8; exponent <= 0; exponent++) {
            Quantization in = new Quantization(Scale.powerOfTwo(exponent), 9);
            Quantization out = new Softmax().fixedQuantization();
            IntegerOperation operation = Bench.lower(SOFTMAX, Shape.of(length), List.of(in), out);
            IntTensor x = IntTensor.vector(random.ints(length, -128, 128).toArray());
            IntTensor y = operation.evaluate(List.of(x));
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += Math.exp(in.dequantize(x.get(i)));
            }
            for (int i = 0; i < length; i++) {
                assertThat((double) y.get(i))
                        .isEqualTo(saturated(Math.exp(in.dequantize(x.get(i))) / sum, out), within(0.5002));
                for (int k = 0; k < length; k++) {
                    assertThat(x.get(i) <= x.get(k) && y.get(i) > y.get(k)).isFalse();
                }
            }
        }
    }

    @Test
    void theTableOfSoftmaxFallsFromOne() {
        Softmax.Int8 operation = (Softmax.Int8) Bench.lower(SOFTMAX, Shape.of(10),
                List.of(new Quantization(Scale.powerOfTwo(-4), 0)), new Softmax().fixedQuantization());
        IntTensor table = operation.table();
        assertThat(table.size()).isEqualTo(256);
        assertThat(table.get(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(table.get(16)).isEqualTo((int) Math.rint(Integer.MAX_VALUE / Math.E));
        for (int i = 1; i < 256; i++) {
            assertThat(table.get(i)).isLessThanOrEqualTo(table.get(i - 1)).isNotNegative();
        }
    }

    @Test
    void exponentialsThatChangeNothingAreNoPartOfTheTable() {
        Softmax.Int8 operation = (Softmax.Int8) Bench.lower(SOFTMAX, Shape.of(10),
                List.of(new Quantization(Scale.powerOfTwo(-1), 0)), new Softmax().fixedQuantization());
        // e^(-d / 2) * 10 falls below 2^-24 behind d = 37.
        assertThat(operation.geometry().steps()).isEqualTo(38).isEqualTo(operation.table().size());
    }

    /** Results that are all 0 or 1 tell nothing. */
    @Test
    void softmaxNeedsAFineScale() {
        Quantization input = new Quantization(Scale.powerOfTwo(-4), 0);
        assertThatThrownBy(() -> Bench.lower(SOFTMAX, Shape.of(4), List.of(input),
                new Quantization(Scale.powerOfTwo(1), 0))).isInstanceOf(QuantizationException.class);
    }

    /** The longest softmax that is allowed does not overflow its sum; a longer one is refused. */
    @Test
    void softmaxHasALongestLength() {
        assertThatThrownBy(() -> new Softmax().infer(new NoAttributes(), List.of(Shape.of(32769))))
                .isInstanceOf(ShapeException.class);
        IntegerOperation operation = Bench.lower(SOFTMAX, Shape.of(32768),
                List.of(new Quantization(Scale.powerOfTwo(-4), 0)), new Softmax().fixedQuantization());
        IntTensor y = operation.evaluate(List.of(IntTensor.zeros(Shape.of(32768))));
        assertThat(y.get(17)).isEqualTo(-128);
    }

    @Test
    void tablesHoldTheNearestStepOfTheFunction() {
        Random random = new Random(12);
        for (int round = 0; round < 40; round++) {
            Quantization in = random(random, round % 2 == 0);
            Quantization out = random(random, round % 4 < 2);
            Lookup lookup = Lookup.of("tanh", StrictMath::tanh, in, out, new Interval(-0.5, 2), 256);
            IntTensor y = lookup.evaluate(List.of(Bench.everyByte()));
            for (int x = -128; x <= 127; x++) {
                double real = Math.max(-0.5, Math.tanh(in.dequantize(x)));
                assertThat((double) y.get(x + 128)).isEqualTo(saturated(real, out), within(0.5000001));
            }
        }
        Quantization q = new Quantization(Scale.dyadic(0.37), 3);
        assertThat(Lookup.rescale(q, q, 256).evaluate(List.of(Bench.everyByte()))).isEqualTo(Bench.everyByte());
    }
}
