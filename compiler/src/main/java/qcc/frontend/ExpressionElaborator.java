package qcc.frontend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;
import qcc.ir.Value;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/** Evaluates expressions: constants to literals, calls to layers, blocks to copies of their bodies. */
final class ExpressionElaborator {
    /** Calls of blocks that one model may make, however deep they are nested. */
    private static final int MAX_INSTANCES = 10_000;
    private static final int MAX_DEPTH = 1200;

    private final GraphBuilder graph;
    private final LayerElaborator layers;
    private final Diagnostics diagnostics;
    private final Map<String, Ast.Block> blocks = new LinkedHashMap<>();
    private final List<Ast.Block> expanding = new ArrayList<>();
    private int instances;
    private int depth;
    private boolean exhausted;

    ExpressionElaborator(GraphBuilder graph, LayerElaborator layers, Diagnostics diagnostics) {
        this.graph = graph;
        this.layers = layers;
        this.diagnostics = diagnostics;
    }

    /** Makes a block known to all later expressions. */
    void define(Ast.Block block) {
        if (Operators.find(block.name().text()).isPresent()) {
            report(Code.E202, block.name().span(), "`" + block.name() + "` is an operator and cannot be a block");
        } else if (blocks.putIfAbsent(block.name().text(), block) != null) {
            report(Code.E202, block.name().span(), "block `" + block.name() + "` is defined twice");
        }
    }

    /** Evaluates {@code NAME: SHAPE = VALUE} and makes the name known. */
    void bind(Ast.Binding binding, Scope scope) {
        Denotation value = evaluate(binding.value(), scope);
        if (value instanceof Denotation.Constant constant && constant.literal() instanceof Literal.Word word) {
            reportUnknown(word.text(), binding.value().span(), scope);
            value = Denotation.UNKNOWN;
        }
        checkShape(binding.shape(), value, scope);
        if (!scope.define(binding.name().text(), value)) {
            report(Code.E202, binding.name().span(), "`" + binding.name() + "` is defined twice");
        }
    }

    Denotation evaluate(Ast.Expression expression, Scope scope) {
        if (depth >= MAX_DEPTH) {
            return exhaust(expression.span(), "expressions are nested too deeply");
        }
        depth++;
        try {
            return evaluateNested(expression, scope);
        } finally {
            depth--;
        }
    }

    private Denotation evaluateNested(Ast.Expression expression, Scope scope) {
        if (expression instanceof Ast.IntegerLiteral integer) {
            return new Denotation.Constant(Literal.integer(integer.value()));
        }
        if (expression instanceof Ast.DecimalLiteral decimal) {
            return new Denotation.Constant(new Literal.Number(decimal.value(), false));
        }
        if (expression instanceof Ast.StringLiteral string) {
            return new Denotation.Constant(new Literal.Text(string.value()));
        }
        if (expression instanceof Ast.Reference reference) {
            return scope.find(reference.name())
                    .orElseGet(() -> new Denotation.Constant(new Literal.Word(reference.name())));
        }
        if (expression instanceof Ast.ListLiteral list) {
            return list(list, scope);
        }
        if (expression instanceof Ast.Call call) {
            return call(call, List.of(), Optional.empty(), scope);
        }
        if (expression instanceof Ast.Pipe pipe) {
            return pipe(pipe, scope);
        }
        return binary((Ast.Binary) expression, scope);
    }

    private Denotation list(Ast.ListLiteral list, Scope scope) {
        List<Literal> items = new ArrayList<>();
        for (Ast.Expression element : list.elements()) {
            Denotation value = evaluate(element, scope);
            if (value instanceof Denotation.Constant constant) {
                if (constant.literal() instanceof Literal.Sequence) {
                    return report(Code.E204, element.span(), "a list cannot be part of a list");
                }
                items.add(constant.literal());
            } else {
                return value instanceof Denotation.Tensor
                        ? report(Code.E204, element.span(), value.describe() + " cannot be part of a list") : value;
            }
        }
        return new Denotation.Constant(new Literal.Sequence(items));
    }

    private Denotation pipe(Ast.Pipe pipe, Scope scope) {
        Denotation value = tensor(evaluate(pipe.source(), scope), pipe.source().span(), scope);
        for (Ast.Stage stage : pipe.stages()) {
            Optional<Integer> times = Optional.empty();
            if (stage.times().isPresent()) {
                times = repetitions(stage.times().get(), scope);
                if (times.isEmpty()) {
                    return Denotation.UNKNOWN;
                }
            }
            value = call(stage.call(), List.of(new LayerElaborator.Argument(Optional.empty(), value,
                    pipe.source().span())), times, scope);
        }
        return value;
    }

    private Optional<Integer> repetitions(Ast.Expression times, Scope scope) {
        Denotation count = evaluate(times, scope);
        if (count instanceof Denotation.Constant constant && constant.literal() instanceof Literal.Number number
                && number.integer() && number.value() >= 0) {
            return Optional.of((int) Math.min(number.value(), Integer.MAX_VALUE));
        }
        if (!(count instanceof Denotation.Unknown)) {
            report(Diagnostic.of(Code.E204, times.span(), "the number of repetitions cannot be " + count.describe())
                    .help("after a stage, `* n` repeats it; use `mul(a, b)` to multiply tensors"));
        }
        return Optional.empty();
    }

    private Denotation binary(Ast.Binary binary, Scope scope) {
        Denotation left = evaluate(binary.left(), scope);
        Denotation right = evaluate(binary.right(), scope);
        if (left instanceof Denotation.Unknown || right instanceof Denotation.Unknown) {
            return Denotation.UNKNOWN;
        }
        Optional<Double> a = number(left);
        Optional<Double> b = number(right);
        if (a.isPresent() && b.isPresent()) {
            return Arithmetic.apply(binary.operator(), left, right)
                    .map(literal -> (Denotation) new Denotation.Constant(literal))
                    .orElseGet(() -> report(Diagnostic.of(Code.E304, binary.span(),
                            "this division has no whole result").help("sizes are whole numbers")));
        }
        left = tensor(left, binary.left().span(), scope);
        right = tensor(right, binary.right().span(), scope);
        if (left instanceof Denotation.Unknown || right instanceof Denotation.Unknown) {
            return Denotation.UNKNOWN;
        }
        Optional<Operator<?>> operator = Arithmetic.operator(binary.operator());
        if (operator.isEmpty()) {
            return report(Code.E203, binary.span(), "tensors cannot be divided");
        }
        List<LayerElaborator.Argument> arguments = Stream.of(left, right)
                .map(value -> new LayerElaborator.Argument(Optional.empty(), value, binary.span())).toList();
        return layer(scope.number(operator.get().name()), operator.get(), arguments, binary.span());
    }

    private static Optional<Double> number(Denotation value) {
        return value instanceof Denotation.Constant constant && constant.literal() instanceof Literal.Number number
                ? Optional.of(number.value()) : Optional.empty();
    }

    /** A value that must be a tensor. */
    Denotation tensor(Denotation value, Span span, Scope scope) {
        if (value instanceof Denotation.Constant constant) {
            return constant.literal() instanceof Literal.Word word ? reportUnknown(word.text(), span, scope)
                    : report(Code.E204, span, "a tensor is needed here, not " + value.describe());
        }
        return value;
    }

    /** Calls an operator or block, {@code times} times in a row if given. */
    private Denotation call(Ast.Call call, List<LayerElaborator.Argument> piped, Optional<Integer> times, Scope scope) {
        List<LayerElaborator.Argument> arguments = new ArrayList<>(piped);
        for (Ast.Argument argument : call.arguments()) {
            arguments.add(new LayerElaborator.Argument(argument.name(), evaluate(argument.value(), scope),
                    argument.span()));
        }
        String callee = call.callee().text();
        if (Operators.find(callee).isEmpty() && !blocks.containsKey(callee)) {
            List<String> known = Stream.concat(Operators.names().stream(), blocks.keySet().stream()).toList();
            return report(Diagnostic.of(Code.E203, call.callee().span(), "there is no operator or block `" + callee
                    + "`").help(Suggestions.closest(callee, known).map(close -> "did you mean `" + close + "`?")
                    .orElse("`qcc ops` lists the operators")));
        }
        Optional<String> name = call.label().isPresent() ? scope.label(call.label().get().text())
                : Optional.of(scope.number(callee));
        if (name.isEmpty()) {
            return report(Code.E202, call.label().get().span(), "there is already a layer `" + call.label().get()
                    + "`");
        }
        Denotation result = times.isEmpty() ? once(call, name.get(), arguments)
                : repeat(call, name.get(), arguments, times.get());
        checkShape(call.shape(), result, scope);
        return result;
    }

    private Denotation repeat(Ast.Call call, String name, List<LayerElaborator.Argument> arguments, int times) {
        Denotation value = arguments.get(0).value();
        for (int i = 1; i <= times && !(value instanceof Denotation.Unknown); i++) {
            List<LayerElaborator.Argument> changed = new ArrayList<>(arguments);
            changed.set(0, new LayerElaborator.Argument(Optional.empty(), value, arguments.get(0).span()));
            value = once(call, name + "." + i, changed);
        }
        return value;
    }

    private Denotation once(Ast.Call call, String name, List<LayerElaborator.Argument> arguments) {
        Span span = call.callee().span();
        if (Operators.find(call.callee().text()).isPresent()) {
            return layer(name, Operators.find(call.callee().text()).get(), arguments, span);
        }
        Ast.Block block = blocks.get(call.callee().text());
        if (expanding.contains(block)) {
            return report(Diagnostic.of(Code.E206, span, "block `" + block.name() + "` contains itself")
                    .because("the way is " + expanding.stream().skip(expanding.indexOf(block))
                            .map(b -> b.name() + " -> ").collect(Collectors.joining()) + block.name())
                    .help("blocks are expanded where they are used; to repeat one, write `|> " + block.name()
                            + " * n`"));
        }
        if (++instances > MAX_INSTANCES) {
            return exhaust(span, "blocks are used more than " + MAX_INSTANCES + " times");
        }
        Scope inner = Scope.model().instance(name);
        if (!BlockArguments.bind(block, arguments, inner, this, diagnostics, span)) {
            return Denotation.UNKNOWN;
        }
        expanding.add(block);
        block.bindings().forEach(binding -> bind(binding, inner));
        Denotation result = evaluate(block.result(), inner);
        expanding.remove(block);
        return tensor(result, block.result().span(), inner);
    }

    private Denotation layer(String name, Operator<?> operator, List<LayerElaborator.Argument> arguments, Span span) {
        if (graph.isFull()) {
            return exhaust(span, "the model has more than " + GraphBuilder.MAX_NODES + " layers");
        }
        return layers.add(name, operator, arguments, span);
    }

    private void checkShape(Optional<Ast.ListLiteral> stated, Denotation value, Scope scope) {
        if (stated.isEmpty() || !(value instanceof Denotation.Tensor tensor)) {
            return;
        }
        Optional<Shape> shape = shape(stated.get(), scope);
        Value inferred = tensor.value();
        if (shape.isPresent() && !shape.get().equals(inferred.shape())) {
            report(Diagnostic.of(Code.E307, stated.get().span(), "the shape is " + inferred.shape() + ", not "
                    + shape.get()).because("the layer `" + inferred.name() + "` gives " + inferred.shape()));
        }
    }

    /** A list of extents. */
    Optional<Shape> shape(Ast.ListLiteral list, Scope scope) {
        Denotation value = list(list, scope);
        List<Integer> dims = new ArrayList<>();
        if (value instanceof Denotation.Constant constant && constant.literal() instanceof Literal.Sequence sequence) {
            for (Literal item : sequence.items()) {
                if (item instanceof Literal.Number number && number.integer() && number.value() >= 1
                        && number.value() <= Shape.MAX_SIZE) {
                    dims.add((int) number.value());
                }
            }
        }
        if (dims.isEmpty() || dims.size() != list.elements().size()) {
            if (!(value instanceof Denotation.Unknown)) {
                report(Code.E303, list.span(), "a shape is a list of positive integers, each at most "
                        + Shape.MAX_SIZE);
            }
            return Optional.empty();
        }
        return Optional.of(new Shape(dims));
    }

    private Denotation reportUnknown(String name, Span span, Scope scope) {
        return report(Diagnostic.of(Code.E201, span, "there is no tensor `" + name + "`")
                .help(Suggestions.closest(name, scope.visible()).map(close -> "did you mean `" + close + "`?")
                        .orElse("tensors are defined with `NAME = ...` before they are used")));
    }

    private Denotation exhaust(Span span, String why) {
        if (!exhausted) {
            exhausted = true;
            report(Diagnostic.of(Code.E207, span, why)
                    .because("more would not fit any microcontroller, and compiling it might never end")
                    .help("look for a repetition `* n` with a wrong number, or blocks that multiply each other"));
        }
        return Denotation.UNKNOWN;
    }

    private Denotation report(Code code, Span span, String message) {
        return report(Diagnostic.of(code, span, message));
    }

    private Denotation report(Diagnostic diagnostic) {
        diagnostics.report(diagnostic);
        return Denotation.UNKNOWN;
    }
}
