package qcc.model;

import qcc.ir.Graph;

/**
 * A network as its author wrote it.
 *
 * @param graph    TYPED
 * @param settings how it is to be quantised
 */
public record Model(Graph graph, QuantizeSettings settings) {
}
