package qcc.quant;

import java.util.List;
import qcc.ir.Quantization;
import qcc.tensor.FloatTensor;

/** What a quantisation costs; of several, the one with the least is chosen. */
interface RangeLoss {

    /** A number to compare with that of other quantisations of the same values. */
    double of(Quantization quantization);

    /** The squared error of all values. */
    static RangeLoss squaredError(Histogram histogram) {
        return q -> {
            double error = 0;
            for (int bin = 0; bin < Histogram.BINS; bin++) {
                if (histogram.count(bin) > 0) {
                    double value = histogram.centre(bin);
                    double difference = value - q.dequantize(q.quantize(value));
                    error += histogram.count(bin) * difference * difference;
                }
            }
            return error;
        };
    }

    /**
     * The Kullback-Leibler divergence of the distribution after quantisation from the one before: the values that
     * become one integer are taken to be spread evenly over the bins that hold any of them, and what saturates counts
     * as the outermost bin that does not.
     */
    static RangeLoss divergence(Histogram histogram) {
        return q -> Divergence.of(histogram, q);
    }

    /**
     * The cross-entropy of the probabilities that a softmax makes of the values, relative to those before quantisation.
     *
     * @param samples all tensors of the values; their last axis is that of the softmax
     */
    static RangeLoss crossEntropy(List<FloatTensor> samples) {
        return q -> {
            double loss = 0;
            for (FloatTensor sample : samples) {
                int length = sample.shape().last();
                for (int row = 0; row < sample.size(); row += length) {
                    double[] real = new double[length];
                    double[] rounded = new double[length];
                    for (int i = 0; i < length; i++) {
                        real[i] = sample.get(row + i);
                        rounded[i] = q.dequantize(q.quantize(real[i]));
                    }
                    double realSum = logSumExp(real);
                    double roundedSum = logSumExp(rounded);
                    for (int i = 0; i < length; i++) {
                        loss += StrictMath.exp(real[i] - realSum) * (roundedSum - rounded[i]);
                    }
                }
            }
            return loss;
        };
    }

    private static double logSumExp(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        double sum = 0;
        for (double value : values) {
            sum += StrictMath.exp(value - largest);
        }
        return largest + StrictMath.log(sum);
    }
}
