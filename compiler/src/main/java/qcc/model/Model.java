package qcc.model;

import qcc.diagnostics.Span;
import qcc.ir.Graph;

/**
 * A network as its author wrote it.
 *
 * @param graph    TYPED, or INTEGER when the file holds a network that is quantised already
 * @param settings how it is to be quantised
 * @param span     the place that names the model
 */
public record Model(Graph graph, QuantizeSettings settings, Span span) {

    public Model with(QuantizeSettings others) {
        return new Model(graph, others, span);
    }
}
