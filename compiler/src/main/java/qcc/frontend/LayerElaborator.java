package qcc.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.ir.Value;
import qcc.ops.Operator;
import qcc.ops.ShapeException;
import qcc.ops.attributes.AttributeException;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/** Turns a call of an operator into a node: arguments, shapes and trained arrays. */
final class LayerElaborator {
    private final GraphBuilder graph;
    private final LayerFactory factory;
    private final Diagnostics diagnostics;

    LayerElaborator(GraphBuilder graph, LayerFactory factory, Diagnostics diagnostics) {
        this.graph = graph;
        this.factory = factory;
        this.diagnostics = diagnostics;
    }

    /** An argument whose value is known. */
    record Argument(Optional<Ast.Name> name, Denotation value, Span span) {
    }

    /**
     * Adds the layer to the graph.
     *
     * @param name the layer's full name
     * @param span the operator's name in the text
     */
    <A extends Record> Denotation add(String name, Operator<A> operator, List<Argument> arguments, Span span) {
        List<Value> inputs = new ArrayList<>();
        Map<String, Argument> named = new LinkedHashMap<>();
        boolean sound = sort(operator, arguments, inputs, named);
        if (arguments.stream().anyMatch(a -> a.value() instanceof Denotation.Unknown) || !sound) {
            return Denotation.UNKNOWN;
        }
        if (!operator.arity().accepts(inputs.size())) {
            diagnostics.report(Diagnostic.of(Code.E305, span, "`" + operator.name() + "` takes "
                    + operator.arity() + (operator.arity().max() == 1 ? " tensor, not " : " tensors, not ")
                    + inputs.size()).help("tensors are what flows in through `|>` and what stands in the parentheses"));
            return Denotation.UNKNOWN;
        }
        try {
            return build(name, operator, inputs, named, span);
        } catch (AttributeException e) {
            Span place = named.containsKey(e.attribute()) ? named.get(e.attribute()).span() : span;
            diagnostics.report(Diagnostic.of(e.code(), place, "`" + operator.name() + "`: " + e.getMessage())
                    .help(e.help()));
        } catch (ShapeException e) {
            diagnostics.report(Diagnostic.of(e.code(), span, "`" + operator.name() + "`: " + e.getMessage())
                    .help(e.help()));
        }
        return Denotation.UNKNOWN;
    }

    private <A extends Record> Denotation build(String name, Operator<A> operator, List<Value> inputs,
            Map<String, Argument> named, Span span) throws AttributeException {
        Map<String, Literal> own = new HashMap<>();
        Map<String, Literal> options = new HashMap<>();
        Map<String, String> arrays = new HashMap<>();
        for (Map.Entry<String, Argument> entry : named.entrySet()) {
            Literal literal = ((Denotation.Constant) entry.getValue().value()).literal();
            if (factory.optionNames().contains(entry.getKey())) {
                options.put(entry.getKey(), literal);
            } else if (literal instanceof Literal.Text text && !operator.schema().names().contains(entry.getKey())
                    || entry.getKey().equals("bias") && literal instanceof Literal.Text) {
                arrays.put(entry.getKey(), ((Literal.Text) literal).text());
            } else {
                own.put(entry.getKey(), literal);
            }
        }
        A attributes = operator.schema().read(own);
        Shape shape = operator.infer(attributes, inputs.stream().map(Value::shape).toList());
        if (!shape.isReasonable()) {
            diagnostics.report(Diagnostic.of(Code.E308, span, "the result of `" + operator.name()
                    + "` would have the shape " + shape)
                    .because("tensors of more than " + Shape.MAX_SIZE + " elements are refused")
                    .help("is one of the sizes mistyped?"));
            return Denotation.UNKNOWN;
        }
        Optional<LayerFactory.Made> made = factory.make(new LayerFactory.Stated<>(name, operator, attributes, inputs,
                shape, options, arrays, span));
        return made.isEmpty() ? Denotation.UNKNOWN : new Denotation.Tensor(graph.add(name, made.get().operation(),
                inputs, shape, made.get().quantization(), span));
    }

    /** Separates tensors from attributes; positional attributes take the operator's order. */
    private boolean sort(Operator<?> operator, List<Argument> arguments, List<Value> inputs,
            Map<String, Argument> named) {
        List<String> order = operator.schema().names();
        int position = 0;
        boolean sound = true;
        for (Argument argument : arguments) {
            if (argument.value() instanceof Denotation.Tensor tensor) {
                if (argument.name().isPresent()) {
                    diagnostics.report(Diagnostic.of(Code.E204, argument.span(), "argument `"
                            + argument.name().get() + "` of `" + operator.name() + "` cannot be a tensor")
                            .help(order.contains(argument.name().get().text())
                                    ? "`" + argument.name().get() + "` is "
                                            + operator.schema().field(argument.name().get().text()).type()
                                    : "tensors are given without a name, or with `|>`"));
                    sound = false;
                }
                inputs.add(tensor.value());
            } else if (argument.value() instanceof Denotation.Constant constant) {
                String name = argument.name().map(Ast.Name::text)
                        .orElse(position < order.size() ? order.get(position) : null);
                position++;
                sound &= name == null ? tooMany(operator, argument, constant) : once(operator, named, name, argument);
            }
        }
        return sound;
    }

    private boolean once(Operator<?> operator, Map<String, Argument> named, String name, Argument argument) {
        if (named.putIfAbsent(name, argument) == null) {
            return true;
        }
        diagnostics.report(Diagnostic.of(Code.E202, argument.span(), "argument `" + name + "` of `" + operator.name()
                + "` is given twice"));
        return false;
    }

    private boolean tooMany(Operator<?> operator, Argument argument, Denotation.Constant constant) {
        boolean word = constant.literal() instanceof Literal.Word;
        diagnostics.report(word
                ? Diagnostic.of(Code.E201, argument.span(), "there is no tensor `" + constant.literal() + "`")
                        .help("tensors are defined with `NAME = ...` before they are used")
                : Diagnostic.of(Code.E301, argument.span(), "`" + operator.name() + "` has no place for "
                        + constant.describe()).help("the arguments are " + operator.schema().names()));
        return false;
    }
}
