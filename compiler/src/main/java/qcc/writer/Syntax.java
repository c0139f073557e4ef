package qcc.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.frontend.Ast;
import qcc.ops.Operators;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/** Makes the small parts of a syntax tree. */
final class Syntax {
    /** What is written here has no place in a text yet. */
    static final Span NOWHERE = Span.wholeFile("written by qcc");

    private Syntax() {
    }

    static Ast.Name name(String text) {
        return new Ast.Name(text, NOWHERE);
    }

    static Ast.Expression reference(String name) {
        return new Ast.Reference(name, NOWHERE);
    }

    static Ast.Expression string(String text) {
        return new Ast.StringLiteral(text, NOWHERE);
    }

    static Ast.ListLiteral shape(Shape shape) {
        return new Ast.ListLiteral(shape.dims().stream().map(Syntax::integer).toList(), NOWHERE);
    }

    static Ast.Expression integer(long value) {
        return new Ast.IntegerLiteral(value, NOWHERE);
    }

    static Ast.Expression literal(Literal literal) {
        if (literal instanceof Literal.Number number) {
            return number.integer() ? integer((long) number.value())
                    : new Ast.DecimalLiteral(number.value(), NOWHERE);
        }
        if (literal instanceof Literal.Sequence sequence) {
            return new Ast.ListLiteral(sequence.items().stream().map(Syntax::literal).toList(), NOWHERE);
        }
        return literal instanceof Literal.Text text ? string(text.text()) : reference(literal.toString());
    }

    /** A call of tensors, without names, and arguments, with names; an operator's only argument needs none. */
    static Ast.Call call(String callee, List<String> tensors, Map<String, Literal> arguments) {
        List<Ast.Argument> all = new ArrayList<>();
        tensors.forEach(tensor -> all.add(new Ast.Argument(Optional.empty(), reference(tensor), NOWHERE)));
        boolean obvious = arguments.size() == 1 && isFirst(callee, arguments.keySet().iterator().next());
        arguments.forEach((name, value) -> all.add(
                new Ast.Argument(obvious ? Optional.empty() : Optional.of(name(name)), literal(value), NOWHERE)));
        return new Ast.Call(name(callee), all, Optional.empty(), Optional.empty(), NOWHERE);
    }

    /** True for the argument that an operator cannot do without, as the number of units of a dense layer. */
    private static boolean isFirst(String operator, String argument) {
        return Operators.find(operator).flatMap(found -> found.schema().fields().stream().findFirst())
                .filter(field -> field.required() && field.name().equals(argument)).isPresent();
    }

    static Ast.Setting setting(String key, Ast.Expression... values) {
        return new Ast.Setting(name(key), List.of(values), NOWHERE);
    }

    /** A setting of bare words. */
    static Ast.Setting setting(String key, String words) {
        return setting(key, List.of(words.split(" ")).stream().map(Syntax::reference).toArray(Ast.Expression[]::new));
    }
}
