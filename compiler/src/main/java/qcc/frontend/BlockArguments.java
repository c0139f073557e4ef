package qcc.frontend;

import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;

/** Binds the arguments of a block's use to the block's parameters. */
final class BlockArguments {
    private BlockArguments() {
    }

    /** Defines every parameter in the instance's scope; false when an error was reported or met. */
    static boolean bind(Ast.Block block, List<LayerElaborator.Argument> arguments, Scope scope,
            ExpressionElaborator expressions, Diagnostics diagnostics, Span call) {
        List<String> names = block.parameters().stream().map(p -> p.name().text()).toList();
        boolean sound = true;
        int position = 0;
        for (LayerElaborator.Argument argument : arguments) {
            Optional<String> name = argument.name().map(Ast.Name::text);
            if (name.isEmpty() && position < names.size()) {
                name = Optional.of(names.get(position));
                position++;
            }
            if (name.isEmpty() || !names.contains(name.get())) {
                diagnostics.report(unknown(block, name, names, argument.span()));
                sound = false;
            } else if (!scope.define(name.get(), argument.value())) {
                diagnostics.report(Diagnostic.of(Code.E202, argument.span(), "argument `" + name.get()
                        + "` of block `" + block.name() + "` is given twice"));
                sound = false;
            }
            sound &= !(argument.value() instanceof Denotation.Unknown);
        }
        for (Ast.Parameter parameter : block.parameters()) {
            if (scope.find(parameter.name().text()).isEmpty()) {
                sound &= fallback(block, parameter, scope, expressions, diagnostics, call);
            }
        }
        return sound;
    }

    private static boolean fallback(Ast.Block block, Ast.Parameter parameter, Scope scope,
            ExpressionElaborator expressions, Diagnostics diagnostics, Span call) {
        if (parameter.defaultValue().isEmpty()) {
            diagnostics.report(Diagnostic.of(Code.E302, call, "argument `" + parameter.name() + "` of block `"
                    + block.name() + "` is missing").help("write `" + parameter.name() + " = ...`"));
            return false;
        }
        Denotation value = expressions.evaluate(parameter.defaultValue().get(), scope);
        scope.define(parameter.name().text(), value);
        return !(value instanceof Denotation.Unknown);
    }

    private static Diagnostic unknown(Ast.Block block, Optional<String> name, List<String> names, Span span) {
        if (name.isEmpty()) {
            return Diagnostic.of(Code.E301, span, "block `" + block.name() + "` has only " + names.size()
                    + " parameters");
        }
        return Diagnostic.of(Code.E301, span, "block `" + block.name() + "` has no parameter `" + name.get() + "`")
                .help(Suggestions.closest(name.get(), names).map(close -> "did you mean `" + close + "`?")
                        .orElse("its parameters are " + String.join(", ", names)));
    }
}
