package qcc.quant;

import java.util.List;
import java.util.stream.IntStream;
import qcc.ops.Layer;
import qcc.ops.WeightedOperator;
import qcc.tensor.FloatTensor;

/**
 * How the inputs of one group of output channels vary, in the quantised network, and how the real results vary with
 * them: over all samples and places of the result, or as many of these as are enough.
 *
 * <p>With x the inputs less their mean and y a channel's result before its clamp less its mean, the squared error of
 * weights w is {@code E[(w x - y)^2] = w C w - 2 w t + E[y^2]}, C being {@code E[x x']} and t being {@code E[x y]}. The
 * means do not matter: the bias takes them up.
 */
final class Moments {
    /** Places beyond this number tell nothing new of a few hundred weights. */
    private static final int ENOUGH = 4096;

    private final int size;
    private final int channels;
    private final double[][] covariance;
    private final double[][] target;
    private final double[] inputMean;
    private final double[] resultMean;

    private Moments(int size, int channels) {
        this.size = size;
        this.channels = channels;
        this.covariance = new double[size][size];
        this.target = new double[channels][size];
        this.inputMean = new double[size];
        this.resultMean = new double[channels];
    }

    /**
     * The moments of one group.
     *
     * @param inputs  of the layer in the quantised network, for each sample
     * @param results of the real layer before its clamp, for each sample
     */
    static <A extends Record> Moments of(Layer<A> layer, int group, List<FloatTensor> inputs,
            List<FloatTensor> results) {
        WeightedOperator<A> operator = (WeightedOperator<A>) layer.operator();
        FloatTensor weight = layer.parameter(WeightedOperator.WEIGHT);
        int all = operator.channels(layer.attributes(), weight.shape());
        int perGroup = all / operator.groups(layer.attributes(), weight.shape());
        Moments moments = new Moments(weight.size() / all, perGroup);
        int places = operator.places(layer.attributes(), inputs.get(0).shape());
        int step = Math.max(1, (int) ((long) places * inputs.size() / ENOUGH));
        // A step that divides a row of the image would always visit the same columns.
        step += step > 1 && step % 2 == 0 ? 1 : 0;
        int count = (places * inputs.size() + step - 1) / step;
        float[][] x = new float[count][moments.size];
        float[][] y = new float[count][perGroup];
        for (int i = 0; i < count; i++) {
            int sample = i * step / places;
            int place = i * step % places;
            operator.readPatch(layer.attributes(), inputs.get(sample), group, place, x[i]);
            for (int c = 0; c < perGroup; c++) {
                y[i][c] = results.get(sample).get(place * all + group * perGroup + c);
            }
        }
        moments.add(x, y);
        return moments;
    }

    private void add(float[][] x, float[][] y) {
        centre(x, inputMean);
        centre(y, resultMean);
        IntStream.range(0, size).parallel().forEach(i -> {
            double[] row = covariance[i];
            for (float[] patch : x) {
                float factor = patch[i];
                for (int j = 0; factor != 0 && j < size; j++) {
                    row[j] += factor * patch[j];
                }
            }
            for (int j = 0; j < size; j++) {
                row[j] /= x.length;
            }
        });
        IntStream.range(0, channels).parallel().forEach(c -> {
            for (int p = 0; p < x.length; p++) {
                for (int i = 0; i < size; i++) {
                    target[c][i] += (double) x[p][i] * y[p][c] / x.length;
                }
            }
        });
    }

    /** Takes the mean of each column out of it. */
    private static void centre(float[][] rows, double[] mean) {
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / (double) rows.length;
            }
        }
        for (float[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                row[i] -= (float) mean[i];
            }
        }
    }

    int size() {
        return size;
    }

    int channels() {
        return channels;
    }

    /** E[x[i] x[j]] for all j. */
    double[] covariance(int i) {
        return covariance[i];
    }

    /** E[x[i] y[channel]] for all i. */
    double[] target(int channel) {
        return target[channel];
    }

    double inputMean(int i) {
        return inputMean[i];
    }

    double resultMean(int channel) {
        return resultMean[channel];
    }
}
