package qcc.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import qcc.plan.RowStream;
import qcc.program.CNames;
import qcc.program.Program;
import qcc.program.Step;

/** The streams of a program as templates see them, and the functions that a run calls. */
final class StreamView {
    private static final int PER_LINE = 32;

    private StreamView() {
    }

    static List<Map<String, Object>> of(Program program) {
        List<Map<String, Object>> views = new ArrayList<>();
        for (RowStream stream : program.streams()) {
            List<Step> steps = steps(program, views.size());
            List<Map<String, Object>> cases = new ArrayList<>();
            for (Step step : steps.subList(0, steps.size() - 1)) {
                cases.add(Map.of("at", cases.size(), "function", CNames.layer(step)));
            }
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("function", function(views.size()));
            view.put("names", steps.stream().map(Step::name).toList());
            view.put("layers", steps.size());
            view.put("order", lines(stream.order()));
            view.put("cases", cases);
            view.put("last", CNames.layer(steps.get(steps.size() - 1)));
            views.add(view);
        }
        return views;
    }

    /** The functions that compute the network, in order. */
    static List<Map<String, Object>> calls(Program program) {
        return program.steps().stream().map(StreamView::call).distinct().toList();
    }

    /** Steps in tiles are for all cores of a cluster, others for one of them. */
    private static Map<String, Object> call(Step step) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("function", step.rows().map(rows -> function(rows.stream())).orElseGet(() -> CNames.layer(step)));
        view.put("tiled", step.tile().isPresent() ? true : null);
        return view;
    }

    private static String function(int stream) {
        return "stream_" + stream;
    }

    private static List<Step> steps(Program program, int stream) {
        return program.steps().stream().filter(step -> step.rows().filter(rows -> rows.stream() == stream).isPresent())
                .toList();
    }

    private static List<String> lines(List<Integer> order) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < order.size(); i += PER_LINE) {
            lines.add(order.subList(i, Math.min(order.size(), i + PER_LINE)).stream().map(String::valueOf)
                    .collect(Collectors.joining(", ", "", ",")));
        }
        return lines;
    }
}
