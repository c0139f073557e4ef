package qcc.tests.quantisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/**
 * Images with the statistics of photographs: opaque discs of random colour on top of each other, their radii
 * distributed as r^-3 (the dead-leaves model of Matheron), shaded from one side.
 */
final class DeadLeaves {
    private static final int LEAVES = 400;

    private DeadLeaves() {
    }

    /** Images [height, width, channels] of values from 0 to {@code most}. */
    static List<FloatTensor> images(Shape shape, double most, int count, long seed) {
        Random random = new Random(seed);
        List<FloatTensor> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(image(shape, most, random));
        }
        return images;
    }

    private static FloatTensor image(Shape shape, double most, Random random) {
        FloatTensor image = FloatTensor.zeros(shape);
        int height = shape.dim(0);
        int width = shape.dim(1);
        int depth = shape.dim(2);
        double brightness = 0.2 + 0.6 * random.nextDouble();
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            double radius = Math.min(height, 1.5 / Math.sqrt(random.nextDouble() + 1e-4));
            double centreY = random.nextDouble() * height;
            double centreX = random.nextDouble() * width;
            double[] colour = new double[depth];
            double grey = brightness + 0.3 * random.nextGaussian();
            for (int c = 0; c < depth; c++) {
                colour[c] = grey + 0.1 * random.nextGaussian();
            }
            double slope = 0.15 * random.nextGaussian();
            for (int p = 0; p < height * width; p++) {
                double y = p / width - centreY;
                double x = p % width - centreX;
                for (int c = 0; c < depth && y * y + x * x < radius * radius; c++) {
                    double value = colour[c] + slope * (x + y) / radius;
                    image.set(p * depth + c, most * Math.max(0, Math.min(1, value)));
                }
            }
        }
        return image;
    }
}
