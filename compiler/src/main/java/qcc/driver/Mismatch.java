package qcc.driver;

import qcc.program.Step;
import qcc.tensor.Shape;

/**
 * The first difference between firmware and reference.
 *
 * @param sample   number of the first input for which the layer differs, from 0
 * @param step     the first layer that differs for any input
 * @param element  index of the first element that differs, or -1 when it did not differ in a second run
 * @param expected what the reference computes
 * @param actual   what the firmware computed
 */
public record Mismatch(int sample, Step step, int element, int expected, int actual) {

    /** A sentence for the user. */
    public String describe() {
        String where = "layer `" + step.name() + "` (" + step.kernel().name() + ", " + step.node().span() + "), sample "
                + sample;
        return element < 0 ? where + ": the difference was gone in a second run"
                : where + ", element " + position() + ": firmware " + actual + ", reference " + expected;
    }

    private String position() {
        Shape shape = step.output().value().shape();
        StringBuilder text = new StringBuilder("]");
        int rest = element;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            text.insert(0, (axis > 0 ? ", " : "[") + rest % shape.dim(axis));
            rest /= shape.dim(axis);
        }
        return text.toString();
    }
}
