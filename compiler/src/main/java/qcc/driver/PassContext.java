package qcc.driver;

import qcc.model.QuantizeSettings;
import qcc.quant.Samples;
import qcc.quant.Work;

/**
 * What passes may look at beside the graph.
 *
 * @param work told what long passes are at
 */
public record PassContext(QuantizeSettings settings, Samples samples, Work work) {

    /** Of passes that nobody watches. */
    public PassContext(QuantizeSettings settings, Samples samples) {
        this(settings, samples, Work.SILENT);
    }
}
