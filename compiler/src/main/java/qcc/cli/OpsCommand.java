package qcc.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import qcc.diagnostics.Suggestions;
import qcc.ops.Example;
import qcc.ops.LayerOptions;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.ops.attributes.AttributeSchema;

/** {@code qcc ops}: documents the operators, from their definitions. */
@Command(name = "ops", mixinStandardHelpOptions = true, description = "Lists the operators, or explains one.")
final class OpsCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "an operator")
    private String name;

    @Override
    public Integer call() {
        if (name == null) {
            for (Operator<?> operator : Operators.all()) {
                parent.terminal().print(String.format("%-18s %s%n", operator.name(), operator.summary()));
            }
            return ExitCode.OK;
        }
        if (Operators.find(name).isEmpty()) {
            parent.terminal().err().println("qcc: there is no operator `" + name + "`"
                    + Suggestions.closest(name, Operators.names()).map(c -> "; did you mean `" + c + "`?").orElse(""));
            return ExitCode.USAGE;
        }
        parent.terminal().print(describe(Operators.find(name).get()));
        return ExitCode.OK;
    }

    private static String describe(Operator<?> operator) {
        StringBuilder out = new StringBuilder();
        out.append(operator.name()).append(": ").append(operator.summary()).append('\n');
        out.append("\ntensors: ").append(operator.arity()).append('\n');
        if (!operator.schema().fields().isEmpty()) {
            out.append("\narguments\n");
            fields(out, operator.schema().fields());
        }
        out.append("\nfor every layer\n");
        fields(out, new AttributeSchema<>(LayerOptions.class).fields());
        out.append("\nexamples\n");
        for (Example example : operator.examples()) {
            out.append("    ").append(String.join(", ", example.inputs())).append("\n        ")
                    .append(example.expression()).append('\n');
        }
        return out.toString();
    }

    private static void fields(StringBuilder out, List<AttributeSchema.Field> fields) {
        for (AttributeSchema.Field field : fields) {
            out.append(String.format("    %-12s %s%n", field.name(), field.summary()));
            String range = field.bounds().isEmpty() ? "" : ", " + field.bounds();
            String fallback = !field.fallback().isEmpty() ? "; default " + field.fallback()
                    : field.required() ? "; required" : "";
            out.append(String.format("    %-12s %s%s%s%n", "", field.type(), range, fallback));
        }
    }
}
