package qcc.program;

import qcc.diagnostics.Span;

/**
 * An input or output of the network.
 *
 * @param name     in the model
 * @param function the C function that gives access to it
 * @param place    where the application writes or reads it
 * @param span     where the model declares it
 */
public record Port(String name, String function, Place place, Span span) {
}
