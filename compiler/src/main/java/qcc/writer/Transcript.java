package qcc.writer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.frontend.Ast;
import qcc.frontend.AstPrinter;
import qcc.frontend.Comments;
import qcc.frontend.Elaborator;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.model.Model;
import qcc.model.SampleSource;
import qcc.numpy.NumpyArray;
import qcc.ops.Layer;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.ops.given.GivenForms;

/**
 * A model as QDSL. The text decides how layers are called ({@code separable.2.conv2d}); {@link #model()} is the model
 * with these names, so that it makes the same firmware whether it comes from its own file or from the text.
 */
public final class Transcript {
    private final Model original;
    private final RoundingSteps steps;
    private final List<LayerText> layers;
    private final String name;
    private final Comments comments = new Comments();
    private final TensorNames names = new TensorNames();
    private final Ast.Model text;
    private final Graph skeleton;

    private Transcript(Model original, RoundingSteps steps, List<LayerText> layers) {
        this.original = original;
        this.steps = steps;
        this.layers = layers;
        this.name = new TensorNames().unique(original.graph().name());
        this.text = write(original.graph());
        this.skeleton = Elaborator.skeleton(new Ast.File(text, List.of(), List.of(), Syntax.NOWHERE));
    }

    /**
     * The transcript of a model whose graph is TYPED or INTEGER.
     *
     * @throws CompilationFailed naming all layers for which QDSL has no words
     */
    public static Transcript of(Model model) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Transcript> transcript = of(model, diagnostics);
        diagnostics.throwIfErrors();
        return transcript.orElseThrow();
    }

    /** The model with the names of its transcript; as it is where QDSL has no words for some layer. */
    public static Model named(Model model) {
        return of(model, new Diagnostics()).map(Transcript::model).orElse(model);
    }

    private static Optional<Transcript> of(Model given, Diagnostics diagnostics) {
        boolean isReal = given.graph().stage() == Stage.TYPED;
        Model model = new Model(isReal ? Activations.separate(given.graph()) : given.graph(), given.settings(),
                given.span());
        RoundingSteps steps = GivenForms.roundingOf(model.graph());
        List<LayerText> layers = new ArrayList<>();
        for (Node node : model.graph().nodes()) {
            LayerText.of(node, steps).ifPresentOrElse(layers::add, () -> diagnostics.report(Diagnostic.of(Code.E902,
                    node.span(), "layer `" + node.name() + "`: `" + node.operation().mnemonic()
                            + "` of a quantised network cannot be written as QDSL yet")
                    .help("the model can be compiled as it is")));
        }
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Transcript(model, steps, layers));
        } catch (CompilationFailed e) {
            // An importer may accept what an operator of QDSL does not, as larger windows.
            e.diagnostics().forEach(diagnostics::report);
            return Optional.empty();
        }
    }

    /** The model's name, which is an identifier; the files beside the text are called after it. */
    public String name() {
        return name;
    }

    /** The calibration samples that the text refers to, if they are a file. */
    public Optional<SampleSource.File> samples() {
        return original.settings().calibration().filter(SampleSource.File.class::isInstance)
                .map(SampleSource.File.class::cast);
    }

    /** The name under which {@link #samples()} must stand beside the text. */
    public Optional<String> samplesName() {
        return samples().map(file -> name + "_samples" + (file.shown().endsWith(".npy") ? ".npy" : ".npz"));
    }

    /** The text. */
    public String text() {
        List<Ast.Setting> parameters = arrays().isEmpty() ? List.of()
                : List.of(Syntax.setting("parameters", Syntax.string(parametersName())));
        return AstPrinter.print(new Ast.File(text, parameters,
                settings(), Syntax.NOWHERE), comments);
    }

    /** The name under which {@link #arrays()} must stand beside the text. */
    public String parametersName() {
        return name + ".npz";
    }

    private List<Ast.Setting> settings() {
        return original.graph().stage() == Stage.TYPED ? SettingsText.of(original.settings(), samplesName())
                : SettingsText.given(steps, original.settings(), samplesName());
    }

    /** The arrays of inputs and layers by the names that the text gives them. */
    public Map<String, NumpyArray> arrays() {
        Map<String, NumpyArray> arrays = new TreeMap<>();
        for (int i = 0; i < layers.size(); i++) {
            String layer = skeleton.nodes().get(i).name();
            layers.get(i).arrays().forEach((array, content) -> arrays.put(layer + "." + array, content));
        }
        for (Input input : original.graph().inputs()) {
            input.value().quantization().ifPresent(quantization -> LayerText.quantization(quantization)
                    .forEach((array, content) -> arrays.put(names.of(input.value()) + "." + array, content)));
        }
        return arrays;
    }

    private Ast.Model write(Graph graph) {
        List<Ast.Input> inputs = new ArrayList<>();
        for (Input input : graph.inputs()) {
            inputs.add(new Ast.Input(Syntax.name(names.define(input.value(), input.value().name())),
                    Syntax.shape(input.value().shape()),
                    input.range().map(range -> new Ast.Range(range.low(), range.high(), Syntax.NOWHERE)),
                    Syntax.NOWHERE));
        }
        List<Ast.Name> outputs = new ArrayList<>();
        List<Ast.Binding> copies = new ArrayList<>();
        for (Output output : graph.outputs()) {
            outputs.add(Syntax.name(outputName(output, copies)));
        }
        BlockWriter blocks = new BlockWriter(comments);
        List<Ast.Statement> body = new ArrayList<>();
        Map<Integer, Item> blockAt = new HashMap<>();
        Map<Integer, Integer> endAt = new HashMap<>();
        for (Pattern pattern : RepetitionFinder.find(graph, layers)) {
            String block = blocks.name(pattern);
            body.add(blocks.write(block, pattern));
            for (int i = 0; i < pattern.uses().size(); i++) {
                Segment use = pattern.uses().get(i);
                blockAt.put(use.start(), new Item(block, pattern.argumentsAt(i), List.of(use.entry()), use.output(),
                        1));
                endAt.put(use.start(), use.end());
            }
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i = endAt.getOrDefault(i, i + 1)) {
            Node node = graph.nodes().get(i);
            LayerText layer = layers.get(i);
            items.add(blockAt.getOrDefault(i, new Item(layer.operator(), layer.arguments(), node.inputs(),
                    node.output(), 1)));
        }
        body.addAll(new StatementBuilder(items, names, comments).bindings());
        body.addAll(copies);
        return new Ast.Model(Syntax.name(name), inputs, outputs, body, Syntax.NOWHERE);
    }

    /** A value that already has a name, as an input or as another output, gets a second one. */
    private String outputName(Output output, List<Ast.Binding> copies) {
        if (!names.has(output.value())) {
            return names.define(output.value(), output.name());
        }
        String copy = names.unique(output.name());
        copies.add(new Ast.Binding(Syntax.name(copy), Optional.empty(),
                Syntax.reference(names.of(output.value())), Syntax.NOWHERE));
        return copy;
    }

    /** The model with the text's names. */
    public Model model() {
        Graph graph = original.graph();
        Map<Integer, Value> values = new HashMap<>();
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            Value value = likeIn(skeleton.inputs().get(i).value(), graph.inputs().get(i).value());
            values.put(graph.inputs().get(i).value().id(), value);
            inputs.add(new Input(value, graph.inputs().get(i).range(), graph.inputs().get(i).span()));
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            Node named = skeleton.nodes().get(i);
            values.put(node.output().id(), likeIn(named.output(), node.output()));
            nodes.add(new Node(named.name(), node.operation(),
                    node.inputs().stream().map(input -> values.get(input.id())).toList(),
                    values.get(node.output().id()), node.span()));
            requireSame(node, nodes.get(i), named);
        }
        List<Output> outputs = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            Span span = graph.outputs().get(i).span();
            outputs.add(new Output(skeleton.outputs().get(i).name(),
                    values.get(graph.outputs().get(i).value().id()), span));
        }
        return new Model(new Graph(name, graph.stage(), inputs, nodes, outputs), original.settings(),
                original.span());
    }

    /** The value of the skeleton, with the meaning that its integers have. */
    private static Value likeIn(Value named, Value original) {
        return original.quantization().map(named::withQuantization).orElse(named);
    }

    /** The text must say exactly what the graph is: a difference is a defect of this package. */
    private static void requireSame(Node original, Node renamed, Node written) {
        boolean isReal = original.operation() instanceof Layer<?>;
        boolean same = original.output().shape().equals(written.output().shape())
                && ids(renamed).equals(ids(written))
                && (!isReal || original.operation().mnemonic().equals(written.operation().mnemonic())
                && original.operation().describe().equals(written.operation().describe()));
        if (!same) {
            throw new IllegalStateException("layer " + original.name() + " was written as "
                    + written.operation().mnemonic() + "(" + written.operation().describe() + ")");
        }
    }

    private static List<Integer> ids(Node node) {
        return node.inputs().stream().map(Value::id).toList();
    }
}
