package qcc.model;

import java.nio.file.Path;
import qcc.diagnostics.Span;

/** Where calibration samples come from. */
public sealed interface SampleSource {

    /** The place in the model that names the source. */
    Span span();

    /**
     * A NumPy file with one array for each input, whose first axis counts the samples.
     *
     * @param path  resolved against the model's folder
     * @param shown as the user wrote it
     */
    record File(Path path, String shown, Span span) implements SampleSource {
    }

    /**
     * Uniform random values in the declared range of each input.
     *
     * @param count number of samples
     */
    record Random(long seed, int count, Span span) implements SampleSource {
    }

    /**
     * Made-up inputs for which the layers' results are distributed as batch normalisation saw them in training: no
     * data is needed.
     *
     * @param count number of samples
     */
    record Synthetic(long seed, int count, Span span) implements SampleSource {
    }
}
