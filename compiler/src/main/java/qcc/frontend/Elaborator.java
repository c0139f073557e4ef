package qcc.frontend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Suggestions;
import qcc.ir.Interval;
import qcc.ir.Output;
import qcc.model.Model;
import qcc.model.QuantizeSettings;
import qcc.tensor.Shape;

/** From the syntax tree to a typed graph: names are resolved, blocks expanded, shapes inferred, arrays loaded. */
public final class Elaborator {
    private final Ast.File file;
    private final Diagnostics diagnostics;
    private final GraphBuilder graph = new GraphBuilder();
    private final Scope scope = Scope.model();
    private final ExpressionElaborator expressions;
    private final QuantizeSettings settings;

    private Elaborator(Ast.File file, Path folder, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
        SectionReader sections = new SectionReader(folder, diagnostics);
        this.settings = new QuantizeReader(sections, diagnostics).read(file.quantize());
        Parameters parameters = new Parameters(sections.parameters(file.parameters()),
                !file.parameters().isEmpty(), diagnostics);
        this.expressions = new ExpressionElaborator(graph, new LayerElaborator(graph, parameters, diagnostics),
                diagnostics);
    }

    /**
     * Elaborates a file; nothing is returned when an error was reported.
     *
     * @param folder the folder that paths in the model are relative to
     */
    public static Optional<Model> elaborate(Ast.File file, Path folder, Diagnostics diagnostics) {
        Model model = new Elaborator(file, folder, diagnostics).run();
        return diagnostics.hasErrors() ? Optional.empty() : Optional.of(model);
    }

    private Model run() {
        file.model().inputs().forEach(this::declare);
        for (Ast.Statement statement : file.model().body()) {
            if (statement instanceof Ast.Block block) {
                expressions.define(block);
            } else {
                expressions.bind((Ast.Binding) statement, scope);
            }
        }
        List<Output> outputs = new ArrayList<>();
        for (Ast.Name name : file.model().outputs()) {
            output(name, outputs);
        }
        return new Model(graph.build(file.model().name().text(), outputs), settings, file.model().name().span());
    }

    private void declare(Ast.Input input) {
        Optional<Shape> shape = expressions.shape(input.shape(), scope);
        if (shape.isPresent() && (!shape.get().isReasonable() || shape.get().rank() > 4)) {
            diagnostics.report(Diagnostic.of(Code.E308, input.shape().span(), "input `" + input.name()
                    + "` has the shape " + shape.get() + ", which is too large").help("at most 4 extents and " + Shape.MAX_SIZE
                    + " elements are possible"));
            shape = Optional.empty();
        }
        Optional<Interval> range = input.range().flatMap(this::interval);
        String name = input.name().text();
        Denotation value = shape.<Denotation>map(s -> new Denotation.Tensor(graph.input(name, s, range, input.span())))
                .orElse(Denotation.UNKNOWN);
        if (!scope.define(name, value)) {
            diagnostics.report(Diagnostic.of(Code.E202, input.name().span(), "input `" + name
                    + "` is declared twice"));
        }
        scope.label(name);
    }

    private Optional<Interval> interval(Ast.Range range) {
        if (!isUsable(range.low()) || !isUsable(range.high())) {
            diagnostics.report(Diagnostic.of(Code.E304, range.span(), "the range goes from " + range.low() + " to "
                    + range.high() + "; its ends must be 0, or from 1e-30 to 1e30 in size")
                    .because("the conversions of the firmware's interface calculate in single precision")
                    .help("give the input in other units"));
            return Optional.empty();
        }
        if (range.low() < range.high()) {
            return Optional.of(new Interval(range.low(), range.high()));
        }
        diagnostics.report(Diagnostic.of(Code.E304, range.span(), "the range is empty: " + range.low()
                + " is not below " + range.high()).help("write `in [LOW, HIGH]`"));
        return Optional.empty();
    }

    private static boolean isUsable(double bound) {
        return bound == 0 || Math.abs(bound) >= 1e-30 && Math.abs(bound) <= 1e30;
    }

    private void output(Ast.Name name, List<Output> outputs) {
        Optional<Denotation> value = scope.find(name.text());
        if (value.isEmpty()) {
            diagnostics.report(Diagnostic.of(Code.E205, name.span(), "output `" + name + "` is never defined")
                    .help(Suggestions.closest(name.text(), scope.visible())
                            .map(close -> "there is a tensor `" + close + "`")
                            .orElse("add `" + name + " = ...` to the model")));
        } else if (value.get() instanceof Denotation.Tensor tensor) {
            if (file.model().inputs().stream().anyMatch(input -> input.name().text().equals(name.text()))) {
                diagnostics.report(Diagnostic.of(Code.E205, name.span(), "output `" + name
                        + "` is an input; nothing computes it").help("give the result another name"));
            }
            if (outputs.stream().anyMatch(o -> o.name().equals(name.text()))) {
                diagnostics.report(Diagnostic.of(Code.E202, name.span(), "output `" + name + "` is named twice"));
            }
            outputs.add(new Output(name.text(), tensor.value(), name.span()));
        } else if (value.get() instanceof Denotation.Constant constant) {
            diagnostics.report(Diagnostic.of(Code.E204, name.span(), "output `" + name + "` is "
                    + constant.describe() + ", not a tensor"));
        }
    }
}
