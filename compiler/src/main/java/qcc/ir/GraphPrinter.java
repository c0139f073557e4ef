package qcc.ir;

import java.util.Locale;
import java.util.stream.Collectors;

/** A graph as text, one line for each node: for {@code --emit} and {@code --dump-after}. */
public final class GraphPrinter {
    private GraphPrinter() {
    }

    public static String print(Graph graph) {
        StringBuilder out = new StringBuilder();
        out.append(graph.stage().name().toLowerCase(Locale.ROOT)).append(" graph ").append(graph.name()).append(" {\n");
        for (Input input : graph.inputs()) {
            out.append("    input  ").append(value(input.value()));
            input.range().ifPresent(range -> out.append(" in ").append(range));
            out.append('\n');
        }
        for (Node node : graph.nodes()) {
            String attributes = node.operation().describe();
            out.append("    ").append(value(node.output())).append(" = ").append(node.operation().mnemonic())
                    .append('(').append(node.inputs().stream().map(Value::toString).collect(Collectors.joining(", ")))
                    .append(')').append(attributes.isEmpty() ? "" : " {" + attributes + "}").append("  // line ")
                    .append(node.span().line()).append('\n');
        }
        for (Output output : graph.outputs()) {
            out.append("    output ").append(output.name()).append(" = ").append(output.value()).append('\n');
        }
        return out.append("}\n").toString();
    }

    private static String value(Value value) {
        return value + ": " + value.shape() + value.quantization().map(q -> " " + q).orElse("");
    }
}
