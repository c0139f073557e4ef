package qcc.ir;

import java.util.Optional;
import qcc.diagnostics.Span;

/**
 * An input of the network.
 *
 * @param value the tensor
 * @param range the values that the model declares for it
 * @param span  where the model declares it
 */
public record Input(Value value, Optional<Interval> range, Span span) {
}
