package qcc.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qcc.ops.Requantization;
import qcc.ops.RequantizedOperation;
import qcc.program.CNames;
import qcc.program.Place;
import qcc.program.Port;
import qcc.program.Step;

/** A step as templates see it. */
final class StepView {
    private final Step step;
    private final List<Port> ports;

    private StepView(Step step, List<Port> ports) {
        this.step = step;
        this.ports = ports;
    }

    /**
     * The view without the call itself, which is rendered from it.
     *
     * @param ports the inputs of the network
     */
    static Map<String, Object> of(Step step, List<Port> ports) {
        return new StepView(step, ports).view();
    }

    private Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("index", step.index());
        view.put("name", step.name());
        view.put("function", CNames.layer(step));
        view.put("operation", step.node().operation().mnemonic());
        view.put("kernel", step.kernel().name());
        view.put("in_shapes", step.inputs().stream().map(place -> place.value().shape().toString()).toList());
        view.put("out_shape", step.output().value().shape().toString());
        view.put("size", step.output().bytes());
        view.put("macs", step.operation().macs());
        view.put("g", RowsView.literals(step));
        view.put("c", step.constants());
        view.put("rows", step.rows().map(rows -> RowsView.of(rows, ports)).orElse(null));
        view.put("x", step.inputs().isEmpty() ? null : input(0));
        view.put("x2", step.inputs().size() > 1 ? input(1) : null);
        view.put("y", step.rows().isPresent() ? "y" : address(step.output()));
        view.put("scratch", step.scratch().map(offset -> "arena + " + offset).orElse(null));
        view.put("tile", step.tile().map(tile -> Map.of("rows", tile.rows(), "channels", tile.channels(), "lanes",
                tile.lanes())).orElse(null));
        view.put("r", step.requantization().map(this::requantization).orElse(null));
        view.put("parts", parts());
        view.put("packed_bits", step.literals().get("packed_bits") == 0 ? null : step.literals().get("packed_bits"));
        view.put("unpacking", step.unpacking().map(StepView::unpacking).orElse(null));
        return view;
    }

    private static Map<String, Object> unpacking(Step.Unpacking unpacking) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("to", "arena + " + unpacking.offset());
        view.put("count", unpacking.count());
        view.put("bits", unpacking.bits());
        view.put("flip", unpacking.flip().orElse(null));
        return view;
    }

    private String input(int index) {
        return step.rows().isPresent() ? RowsView.NAMES.get(index) : address(step.inputs().get(index));
    }

    private static String address(Place place) {
        return "arena + " + place.offset();
    }

    private Map<String, Object> requantization(Requantization requantization) {
        RequantizedOperation operation = (RequantizedOperation) step.operation();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("lo", requantization.low());
        view.put("hi", requantization.high());
        for (String array : List.of("shift", "multiplier", "right", "addend")) {
            view.put(array, step.constants().get(array));
        }
        view.put("tflite", null);
        view.put("multiply", null);
        view.put("affine", null);
        if (requantization.rule() instanceof Requantization.Affine) {
            view.put("affine", true);
        } else if (requantization.rule() instanceof Requantization.Multiply rule) {
            view.put("multiply", true);
            view.put("multiplier_all", rule.multiplier().get(0));
            view.put("left", rule.left());
            view.put("zero", rule.zero());
        } else if (requantization.rule() instanceof Requantization.Tflite rule) {
            view.put("tflite", rule.steps());
            view.put("multiplier_all", rule.significand().get(0));
            view.put("right_all", rule.right().get(0));
            view.put("early_zero", requantization.takesZeroEarly(operation.accumulatorBits()) ? 1 : null);
            Requantization.Parts parts = requantization.parts(operation.accumulatorBits());
            view.put("parts", parts == Requantization.Parts.NONE ? null : parts);
            view.put("left", rule.left());
            view.put("zero", rule.zero());
        } else {
            view.put("shift_all", ((Requantization.Shift) requantization.rule()).shift().get(0));
        }
        return view;
    }

    private List<Map<String, Object>> parts() {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < step.parts().size(); i++) {
            Map<String, Object> part = new LinkedHashMap<>(step.parts().get(i));
            part.put("x", address(step.inputs().get(i)));
            parts.add(part);
        }
        return parts;
    }
}
