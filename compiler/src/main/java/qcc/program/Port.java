package qcc.program;

import qcc.diagnostics.Span;

/**
 * An input or output of the network.
 *
 * @param name     in the model
 * @param function the C function that gives access to it
 * @param place    where the application writes or reads it; of an input that it supplies, where the rows go
 * @param supplied true for inputs that the application supplies row by row
 * @param span     where the model declares it
 */
public record Port(String name, String function, Place place, boolean supplied, Span span) {
}
