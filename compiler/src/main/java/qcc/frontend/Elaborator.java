package qcc.frontend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Suggestions;
import qcc.ir.Graph;
import qcc.ir.Interval;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Stage;
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
    private final LayerFactory layers;

    private Elaborator(Ast.File file, QuantizeSettings settings, LayerFactory layers, Diagnostics diagnostics) {
        this.file = file;
        this.diagnostics = diagnostics;
        this.settings = settings;
        this.layers = layers;
        this.expressions = new ExpressionElaborator(graph, new LayerElaborator(graph, layers, diagnostics),
                diagnostics);
    }

    /**
     * Elaborates a file; nothing is returned when an error was reported.
     *
     * @param folder the folder that paths in the model are relative to
     */
    public static Optional<Model> elaborate(Ast.File file, Path folder, Diagnostics diagnostics) {
        SectionReader sections = new SectionReader(folder, diagnostics);
        QuantizeReader reader = new QuantizeReader(QuantizeSettings.DEFAULT, sections, diagnostics);
        QuantizeSettings settings = reader.read(file.quantize());
        List<ParameterSource> sources = sections.parameters(file.parameters());
        LayerFactory layers = reader.given().<LayerFactory>map(steps -> new GivenLayers(sources, steps, diagnostics))
                .orElseGet(() -> new RealLayers(new Parameters(sources,
                        !file.parameters().isEmpty(), diagnostics)));
        Model model = new Elaborator(file, settings, layers, diagnostics).run();
        return diagnostics.hasErrors() ? Optional.empty() : Optional.of(model);
    }

    /**
     * The graph of a file that is known to be right, without any arrays: for what the text alone decides, such as the
     * names of layers.
     */
    public static Graph skeleton(Ast.File file) {
        Diagnostics diagnostics = new Diagnostics();
        Model model = new Elaborator(file, QuantizeSettings.DEFAULT, new SkeletonLayers(), diagnostics).run();
        diagnostics.throwIfErrors();
        return model.graph();
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
        return new Model(graph.build(file.model().name().text(), layers.stage(), outputs), settings,
                file.model().name().span());
    }

    private void declare(Ast.Input input) {
        Optional<Shape> shape = expressions.shape(input.shape(), scope);
        if (shape.isPresent() && (!shape.get().isReasonable() || shape.get().rank() > 4)) {
            diagnostics.report(Diagnostic.of(Code.E308, input.shape().span(), "input `" + input.name()
                    + "` has the shape " + shape.get() + ", which is too large")
                    .help("at most 4 extents and " + Shape.MAX_SIZE + " elements are possible"));
            shape = Optional.empty();
        }
        Optional<Interval> range = input.range().flatMap(this::interval);
        String name = input.name().text();
        Optional<Quantization> quantization = layers.input(name, input.span());
        boolean isSound = shape.isPresent() && quantization.isPresent() == (layers.stage() == Stage.INTEGER);
        Denotation value = !isSound ? Denotation.UNKNOWN : new Denotation.Tensor(
                graph.input(name, shape.get(), quantization, range, input.span()));
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
