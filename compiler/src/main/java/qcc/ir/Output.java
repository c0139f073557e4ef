package qcc.ir;

import qcc.diagnostics.Span;

/**
 * An output of the network.
 *
 * @param name  the name that the model gives it
 * @param value the tensor
 * @param span  where the model declares it
 */
public record Output(String name, Value value, Span span) {
}
