package qcc.driver;

import java.util.List;

/**
 * How well the real-valued, the simulated and the integer network do on samples. The class that a network answers is
 * the index of the largest element of its first output; of equal elements the first counts.
 *
 * @param samples   number of samples
 * @param labelled  whether labels were given; without them the real network's answers stand for them
 * @param real      correct answers of the network in floating point
 * @param simulated correct answers with quantisation simulated
 * @param integer   correct answers of the integer network, which is what the firmware computes
 * @param agreement samples on which the integer network answers as the real one
 * @param layers    how near each layer's results are to the real ones, in order of execution
 */
public record AccuracyReport(int samples, boolean labelled, int real, int simulated, int integer, int agreement,
        List<Layer> layers) {
    public AccuracyReport {
        layers = List.copyOf(layers);
    }

    /**
     * One layer.
     *
     * @param name      of the layer
     * @param simulated with quantisation simulated in reals
     * @param integer   in the integer network
     */
    public record Layer(String name, Fidelity simulated, Fidelity integer) {
    }

    /** A count as a share of the samples, in percent. */
    public double percent(int count) {
        return 100.0 * count / samples;
    }
}
