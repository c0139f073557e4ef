package qcc.driver;

import qcc.model.QuantizeSettings;
import qcc.quant.Samples;

/** What passes may look at beside the graph. */
public record PassContext(QuantizeSettings settings, Samples samples) {
}
