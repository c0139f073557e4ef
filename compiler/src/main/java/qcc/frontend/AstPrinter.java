package qcc.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a tree as canonical QDSL: parsing the result gives an equal tree, up to the spans. */
public final class AstPrinter {
    private static final String INDENT = "    ";

    private final Comments comments;

    private AstPrinter(Comments comments) {
        this.comments = comments;
    }

    /** The whole file, ending in a line break. */
    public static String print(Ast.File file) {
        return print(file, new Comments());
    }

    /** The whole file with remarks, ending in a line break. */
    public static String print(Ast.File file, Comments comments) {
        List<String> sections = new ArrayList<>();
        sections.add(new AstPrinter(comments).model(file.model()));
        for (Ast.Setting setting : file.parameters()) {
            sections.add("parameters " + list(setting.arguments()) + "\n");
        }
        if (!file.quantize().isEmpty()) {
            sections.add(quantize(file.quantize()));
        }
        return String.join("\n", sections);
    }

    /** One expression on one line. */
    public static String print(Ast.Expression expression) {
        if (expression instanceof Ast.IntegerLiteral literal) {
            return Long.toString(literal.value());
        } else if (expression instanceof Ast.DecimalLiteral literal) {
            return decimal(literal.value());
        } else if (expression instanceof Ast.StringLiteral literal) {
            return '"' + literal.value().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        } else if (expression instanceof Ast.ListLiteral literal) {
            return '[' + list(literal.elements()) + ']';
        } else if (expression instanceof Ast.Reference reference) {
            return reference.name();
        } else if (expression instanceof Ast.Call call) {
            return call.callee() + "(" + arguments(call) + ")" + label(call);
        } else if (expression instanceof Ast.Pipe pipe) {
            return pipe(pipe);
        } else if (expression instanceof Ast.Binary binary) {
            return left(binary) + " " + binary.operator().symbol() + " " + right(binary);
        }
        throw new AssertionError(expression);
    }

    private String model(Ast.Model model) {
        String inputs = model.inputs().stream().map(AstPrinter::input).collect(Collectors.joining(", "));
        String outputs = model.outputs().stream().map(Ast.Name::text).collect(Collectors.joining(", "));
        StringBuilder out = new StringBuilder("model " + model.name() + "(" + inputs + ") -> " + outputs + " {\n");
        for (Ast.Statement statement : model.body()) {
            out.append('\n');
            comments.before(statement).ifPresent(remark -> out.append(INDENT).append("// ").append(remark)
                    .append('\n'));
            if (statement instanceof Ast.Block block) {
                block(out, block);
            } else if (statement instanceof Ast.Binding binding) {
                binding(out, binding, INDENT);
            }
        }
        return out.append("}\n").toString();
    }

    private static String input(Ast.Input input) {
        return input.name() + ": " + print(input.shape())
                + input.range().map(r -> " in [" + bound(r.low()) + ", " + bound(r.high()) + "]").orElse("");
    }

    private void block(StringBuilder out, Ast.Block block) {
        String parameters = block.parameters().stream()
                .map(p -> p.name() + p.defaultValue().map(value -> " = " + print(value)).orElse(""))
                .collect(Collectors.joining(", "));
        out.append(INDENT).append("block ").append(block.name()).append('(').append(parameters).append(')');
        if (block.bindings().isEmpty()) {
            out.append(" = ").append(spread(block.result(), INDENT)).append('\n');
            return;
        }
        String inner = INDENT + INDENT;
        out.append(" {\n");
        for (Ast.Binding binding : block.bindings()) {
            binding(out, binding, inner);
        }
        out.append(inner).append("return ").append(spread(block.result(), inner)).append('\n');
        out.append(INDENT).append("}\n");
    }

    private void binding(StringBuilder out, Ast.Binding binding, String indent) {
        out.append(indent).append(binding.name());
        binding.shape().ifPresent(shape -> out.append(": ").append(print(shape)));
        out.append(" = ").append(spread(binding.value(), indent)).append('\n');
    }

    private static String quantize(List<Ast.Setting> settings) {
        StringBuilder out = new StringBuilder("quantize {\n");
        for (Ast.Setting setting : settings) {
            out.append(INDENT).append(setting.key());
            setting.arguments().forEach(argument -> out.append(' ').append(print(argument)));
            out.append('\n');
        }
        return out.append("}\n").toString();
    }

    /** A pipe gets a line per stage; remarks on them stand in one column. */
    private String spread(Ast.Expression expression, String indent) {
        if (!(expression instanceof Ast.Pipe pipe)) {
            return print(expression);
        }
        List<String> lines = pipe.stages().stream().map(stage -> indent + INDENT + stage(stage)).toList();
        int column = lines.stream().mapToInt(String::length).max().orElse(0);
        StringBuilder out = new StringBuilder(atom(pipe.source()));
        for (int i = 0; i < lines.size(); i++) {
            String gap = " ".repeat(column - lines.get(i).length());
            out.append('\n').append(lines.get(i));
            comments.after(pipe.stages().get(i)).ifPresent(remark -> out.append(gap).append("  // ").append(remark));
        }
        return out.toString();
    }

    private static String pipe(Ast.Pipe pipe) {
        return atom(pipe.source()) + pipe.stages().stream().map(stage -> " " + stage(stage))
                .collect(Collectors.joining());
    }

    private static String stage(Ast.Stage stage) {
        Ast.Call call = stage.call();
        return "|> " + call.callee() + (call.arguments().isEmpty() ? "" : "(" + arguments(call) + ")")
                + stage.times().map(times -> " * " + times(times)).orElse("") + label(call);
    }

    private static String times(Ast.Expression times) {
        boolean isPlain = times instanceof Ast.IntegerLiteral || times instanceof Ast.DecimalLiteral
                || times instanceof Ast.Reference;
        return isPlain ? print(times) : "(" + print(times) + ")";
    }

    private static String arguments(Ast.Call call) {
        return call.arguments().stream()
                .map(a -> a.name().map(name -> name + " = ").orElse("") + print(a.value()))
                .collect(Collectors.joining(", "));
    }

    private static String label(Ast.Call call) {
        return call.label().map(name -> " as " + name).orElse("")
                + call.shape().map(shape -> " : " + print(shape)).orElse("");
    }

    private static String left(Ast.Binary binary) {
        boolean plain = !binary.operator().isMultiplicative()
                || binary.left() instanceof Ast.Binary inner && inner.operator().isMultiplicative();
        return plain ? print(binary.left()) : atom(binary.left());
    }

    private static String right(Ast.Binary binary) {
        boolean plain = !binary.operator().isMultiplicative()
                && !(binary.right() instanceof Ast.Binary inner && !inner.operator().isMultiplicative());
        return plain ? print(binary.right()) : atom(binary.right());
    }

    private static String atom(Ast.Expression expression) {
        boolean needsParentheses = expression instanceof Ast.Binary || expression instanceof Ast.Pipe;
        return needsParentheses ? "(" + print(expression) + ")" : print(expression);
    }

    private static String list(List<Ast.Expression> expressions) {
        return expressions.stream().map(AstPrinter::print).collect(Collectors.joining(", "));
    }

    private static String bound(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : decimal(value);
    }

    private static String decimal(double value) {
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }
}
