package qcc.model;

import java.util.Optional;

/**
 * What quantisation does beside choosing ranges; each is a pass of its own.
 *
 * @param equalise       whether channels are rescaled across layers
 * @param biasCorrection whether biases make up for the mean error of a layer, and how that is found
 * @param adaRound       whether the rounding of weights is optimised
 */
public record Methods(boolean equalise, Optional<BiasCorrection> biasCorrection, Optional<AdaRound> adaRound) {
    public static final Methods NONE = new Methods(false, Optional.empty(), Optional.empty());

    /** What costs little and helps nearly always. */
    public static final Methods DEFAULT = new Methods(true, Optional.of(BiasCorrection.EMPIRICAL), Optional.empty());

    /** Where the mean error of a layer comes from. */
    public enum BiasCorrection {
        /** From the samples. */
        EMPIRICAL,
        /** From the statistics of batch normalisation; layers without are corrected by the samples. */
        ANALYTIC
    }

    /**
     * The effort of AdaRound.
     *
     * @param passes  through the weights of each layer, at most
     * @param seconds after which the remaining layers keep the nearest integers
     */
    public record AdaRound(int passes, int seconds) {
        public static final AdaRound DEFAULT = new AdaRound(50, 600);
    }

    public Methods withEqualise() {
        return new Methods(true, biasCorrection, adaRound);
    }

    public Methods with(BiasCorrection correction) {
        return new Methods(equalise, Optional.of(correction), adaRound);
    }

    public Methods with(AdaRound effort) {
        return new Methods(equalise, biasCorrection, Optional.of(effort));
    }
}
