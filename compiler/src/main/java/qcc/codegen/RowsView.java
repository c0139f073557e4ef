package qcc.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import qcc.plan.RowLayer;
import qcc.plan.RowStream;
import qcc.program.Port;
import qcc.program.RowStep;
import qcc.program.Step;

/** How a step that is computed row by row finds its rows, as templates see it; see {@code qcc_stream.h}. */
final class RowsView {
    /** The variables that hold the inputs of a band. */
    static final List<String> NAMES = List.of("x", "x2");

    private RowsView() {
    }

    /**
     * @param ports the inputs of the network
     */
    static Map<String, Object> of(RowStep step, List<Port> ports) {
        RowLayer layer = step.rows();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("layer", step.layer());
        view.put("band", layer.band());
        view.put("plural", layer.band() > 1 ? "s" : "");
        view.put("height", layer.height());
        view.put("in_h", RowLayer.height(layer.inputs().get(0)));
        view.put("stride", layer.window().stride());
        view.put("pad", layer.window().pad());
        view.put("span", layer.window().span());
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (RowStep.Rows input : step.inputs()) {
            inputs.add(Map.of("name", NAMES.get(inputs.size()), "address", input(input, ports)));
        }
        view.put("inputs", inputs);
        view.put("output", output(step));
        view.put("size", rowsOf(layer, step.output().pitch()));
        return view;
    }

    private static String input(RowStep.Rows rows, List<Port> ports) {
        String base = "arena + " + rows.offset();
        if (rows.window().isPresent()) {
            RowStream.Window window = rows.window().get();
            Port port = ports.stream().filter(p -> p.place().value().equals(window.value())).findFirst().orElseThrow();
            return "qcc_supply(&" + supply(port) + ", " + port.function() + "_row, " + base + ", "
                    + (window.followed() ? "band.first" : "band.first + band.in_h - " + window.rows())
                    + ", band.first, band.first + band.in_h, " + rows.pitch() + ")";
        }
        return rows.kept().isEmpty() ? base + " + band.first * " + rows.pitch()
                : "qcc_ring_row(" + base + ", band.first, made[" + rows.producer().orElseThrow() + "], "
                        + rows.kept().getAsInt() + ", " + rows.pitch() + ")";
    }

    /** The variable that says how far the rows of an input are. */
    static String supply(Port input) {
        return "supply_" + input.place().value().id();
    }

    private static String output(RowStep step) {
        RowStep.Rows rows = step.output();
        String base = "arena + " + rows.offset();
        return rows.kept().isEmpty() ? base + " + made[" + step.layer() + "] * " + rows.pitch()
                : "qcc_ring_next(" + base + ", band.out_h, made[" + step.layer() + "], " + rows.kept().getAsInt() + ", "
                        + rows.pitch() + ")";
    }

    private static String rowsOf(RowLayer layer, int pitch) {
        return layer.band() == 1 ? String.valueOf(pitch) : "(uint32_t)band.out_h * " + pitch;
    }

    /** The literals of a step; in a band, some depend on the row. */
    static Map<String, Object> literals(Step step) {
        Map<String, Object> literals = new LinkedHashMap<>(step.literals());
        step.rows().ifPresent(rows -> {
            int elements = step.output().value().shape().size() / rows.rows().height();
            literals.replace("in_h", "band.in_h");
            literals.replace("pad_top", "band.pad_top");
            literals.replace("out_h", rows.rows().band() == 1 ? "1" : "band.out_h");
            literals.replace("n", elements);
            literals.replace("period", elements);
        });
        return literals;
    }
}
