package qcc.quant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import qcc.ops.AveragePooling;
import qcc.ops.BinaryOperator;
import qcc.ops.ElementFunction;
import qcc.ops.Layer;
import qcc.ops.OutputScale;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * The derivatives of layers by their inputs. Layers that move values are asked where they move them, functions of
 * elements are differentiated numerically, and layers of any other kind let nothing pass.
 */
final class Derivative {
    /** The distance of numerical differentiation, relative to a value. */
    private static final double STEP = 1e-3;

    private Derivative() {
    }

    /**
     * For each input, the derivative by it of {@code sum gradient[i] * result[i]}; zeros where nothing is known.
     *
     * @param layer    without its clamp, which does not count
     * @param gradient of the shape of the layer's result
     */
    static <A extends Record> List<FloatTensor> of(Layer<A> layer, List<FloatTensor> inputs, FloatTensor gradient) {
        if (layer.operator() instanceof WeightedOperator<A> operator) {
            return List.of(weighted(operator, layer, inputs.get(0), gradient));
        }
        if (layer.operator() instanceof AveragePooling<A> pooling) {
            return List.of(pooling.spread(layer.attributes(), inputs.get(0).shape(), gradient));
        }
        if (layer.operator() instanceof ElementFunction<A> || layer.operator() instanceof BinaryOperator) {
            return IntStream.range(0, inputs.size()).mapToObj(i -> numeric(layer, inputs, i, gradient)).toList();
        }
        OutputScale scale = layer.operator().outputScale(layer.attributes());
        if (scale == OutputScale.SAME_AS_INPUT || scale == OutputScale.SHARED) {
            return moved(layer, inputs, gradient);
        }
        return inputs.stream().map(input -> FloatTensor.zeros(input.shape())).toList();
    }

    private static <A extends Record> FloatTensor weighted(WeightedOperator<A> operator, Layer<A> layer,
            FloatTensor input, FloatTensor gradient) {
        FloatTensor weight = layer.parameter(WeightedOperator.WEIGHT);
        int channels = operator.channels(layer.attributes(), weight.shape());
        int groups = operator.groups(layer.attributes(), weight.shape());
        int perGroup = channels / groups;
        FloatTensor places = numbered(input.shape(), 1);
        float[] patch = new float[weight.size() / channels];
        double[] result = new double[input.size()];
        for (int place = 0; place < gradient.size() / channels; place++) {
            for (int group = 0; group < groups; group++) {
                operator.readPatch(layer.attributes(), places, group, place, patch);
                int first = place * channels + group * perGroup;
                for (int k = 0; k < patch.length; k++) {
                    double sum = 0;
                    for (int c = 0; patch[k] > 0 && c < perGroup; c++) {
                        sum += gradient.get(first + c) * weight.get(k * channels + group * perGroup + c);
                    }
                    if (patch[k] > 0) {
                        result[(int) patch[k] - 1] += sum;
                    }
                }
            }
        }
        return tensor(input.shape(), result);
    }

    private static <A extends Record> FloatTensor numeric(Layer<A> layer, List<FloatTensor> inputs, int index,
            FloatTensor gradient) {
        FloatTensor input = inputs.get(index);
        FloatTensor below = input.copy();
        FloatTensor above = input.copy();
        for (int i = 0; i < input.size(); i++) {
            double step = STEP * (1 + Math.abs(input.get(i)));
            below.set(i, input.get(i) - step);
            above.set(i, input.get(i) + step);
        }
        FloatTensor low = layer.operator().evaluate(layer, replaced(inputs, index, below));
        FloatTensor high = layer.operator().evaluate(layer, replaced(inputs, index, above));
        double[] result = new double[input.size()];
        for (int i = 0; i < gradient.size(); i++) {
            int from = i % input.size();
            double width = (double) above.get(from) - below.get(from);
            result[from] += gradient.get(i) * ((double) high.get(i) - low.get(i)) / width;
        }
        return tensor(input.shape(), result);
    }

    private static List<FloatTensor> replaced(List<FloatTensor> inputs, int index, FloatTensor other) {
        List<FloatTensor> changed = new ArrayList<>(inputs);
        changed.set(index, other);
        return changed;
    }

    /** Runs the layer on the ranks of all values, which it selects from as it does from the values. */
    private static <A extends Record> List<FloatTensor> moved(Layer<A> layer, List<FloatTensor> inputs,
            FloatTensor gradient) {
        int total = inputs.stream().mapToInt(FloatTensor::size).sum();
        int[] owner = new int[total];
        float[] values = new float[total];
        for (int i = 0, at = 0; i < inputs.size(); i++) {
            for (int k = 0; k < inputs.get(i).size(); k++) {
                owner[at] = i;
                values[at++] = inputs.get(i).get(k);
            }
        }
        Integer[] order = IntStream.range(0, total).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
        List<FloatTensor> ranks = inputs.stream().map(input -> FloatTensor.zeros(input.shape())).toList();
        int[] start = new int[inputs.size()];
        for (int i = 1; i < start.length; i++) {
            start[i] = start[i - 1] + inputs.get(i - 1).size();
        }
        for (int rank = 0; rank < total; rank++) {
            int i = order[rank];
            ranks.get(owner[i]).set(i - start[owner[i]], rank + 1);
        }
        FloatTensor selected = layer.operator().evaluate(layer, ranks);
        List<FloatTensor> result = inputs.stream().map(input -> FloatTensor.zeros(input.shape())).toList();
        for (int i = 0; i < gradient.size(); i++) {
            if (selected.get(i) > 0) {
                int from = order[(int) selected.get(i) - 1];
                FloatTensor target = result.get(owner[from]);
                int index = from - start[owner[from]];
                target.set(index, (double) target.get(index) + gradient.get(i));
            }
        }
        return result;
    }

    /** Elements that count from {@code first} on; exact up to 2^24 of them. */
    private static FloatTensor numbered(Shape shape, int first) {
        FloatTensor numbers = FloatTensor.zeros(shape);
        for (int i = 0; i < numbers.size(); i++) {
            numbers.set(i, first + i);
        }
        return numbers;
    }

    private static FloatTensor tensor(Shape shape, double[] values) {
        FloatTensor tensor = FloatTensor.zeros(shape);
        for (int i = 0; i < values.length; i++) {
            tensor.set(i, values[i]);
        }
        return tensor;
    }
}
