package qcc.tests.quantisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * More inputs of the kind of a few real ones: shifted along the first axis, images mirrored and shifted along the
 * second one, too; two of them blended; louder or quieter; with some noise that is smooth along the first axis.
 */
final class Variations {
    private static final double NOISE = 0.05;

    private final List<FloatTensor> originals;
    private final Random random;
    private final double low;
    private final double high;

    private Variations(List<FloatTensor> originals, long seed) {
        this.originals = originals;
        this.random = new Random(seed);
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (FloatTensor original : originals) {
            for (int i = 0; i < original.size(); i++) {
                least = Math.min(least, original.get(i));
                most = Math.max(most, original.get(i));
            }
        }
        this.low = least;
        this.high = most;
    }

    /** Inputs that depend on nothing but the originals and the seed; their values stay in the range of the originals. */
    static List<FloatTensor> of(List<FloatTensor> originals, int count, long seed) {
        Variations variations = new Variations(originals, seed);
        List<FloatTensor> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(variations.next());
        }
        return all;
    }

    private FloatTensor next() {
        FloatTensor first = moved(originals.get(random.nextInt(originals.size())));
        FloatTensor second = moved(originals.get(random.nextInt(originals.size())));
        double share = random.nextInt(3) == 0 ? 0 : 0.35 * random.nextDouble();
        double gain = 0.75 + 0.4 * random.nextDouble();
        FloatTensor result = FloatTensor.zeros(first.shape());
        int row = first.size() / first.shape().dim(0);
        double noise = 0;
        for (int i = 0; i < result.size(); i++) {
            noise = i % row == 0 ? NOISE * (high - low) * random.nextGaussian() : 0.7 * noise
                    + 0.3 * NOISE * (high - low) * random.nextGaussian();
            double value = gain * ((1 - share) * first.get(i) + share * second.get(i)) + noise;
            result.set(i, Math.max(low, Math.min(high, value)));
        }
        return result;
    }

    /** Content moves a little and, in an image, may be mirrored; what stood at the border is repeated. */
    private FloatTensor moved(FloatTensor original) {
        Shape shape = original.shape();
        boolean isImage = shape.rank() == 3 && shape.dim(0) == shape.dim(1);
        int height = shape.rank() == 3 ? shape.dim(0) : 1;
        int width = shape.rank() == 3 ? shape.dim(1) : 1;
        int depth = shape.size() / height / width;
        int down = random.nextInt(height / 4 + 1) - height / 8;
        int right = isImage ? random.nextInt(width / 4 + 1) - width / 8 : 0;
        boolean mirror = isImage && random.nextBoolean();
        FloatTensor result = FloatTensor.zeros(shape);
        for (int i = 0; i < result.size(); i++) {
            int y = Math.max(0, Math.min(height - 1, i / depth / width + down));
            int x = Math.max(0, Math.min(width - 1, i / depth % width + right));
            result.set(i, original.get((y * width + (mirror ? width - 1 - x : x)) * depth + i % depth));
        }
        return result;
    }
}
