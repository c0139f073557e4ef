package qcc.writer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import qcc.diagnostics.Span;
import qcc.frontend.Ast;
import qcc.frontend.AstPrinter;
import qcc.frontend.Comments;
import qcc.frontend.Elaborator;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Value;
import qcc.model.Model;
import qcc.model.SampleSource;
import qcc.numpy.NumpyArray;
import qcc.ops.Layer;

/**
 * A model as QDSL. The text decides how layers are called ({@code separable.2.conv2d}); {@link #model()} is the model
 * with these names, so that it makes the same firmware whether it comes from its own file or from the text.
 */
public final class Transcript {
    private final Model original;
    private final String name;
    private final Comments comments = new Comments();
    private final TensorNames names = new TensorNames();
    private final Ast.Model text;
    private final Graph skeleton;

    private Transcript(Model model) {
        this.original = new Model(Activations.separate(model.graph()), model.settings(), model.span());
        this.name = new TensorNames().unique(model.graph().name());
        this.text = write(original.graph());
        this.skeleton = Elaborator.skeleton(new Ast.File(text, List.of(), List.of(), Syntax.NOWHERE));
    }

    /** The transcript of a model whose graph is TYPED. */
    public static Transcript of(Model model) {
        return new Transcript(model);
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
                SettingsText.of(original.settings(), samplesName()), Syntax.NOWHERE), comments);
    }

    /** The name under which {@link #arrays()} must stand beside the text. */
    public String parametersName() {
        return name + ".npz";
    }

    /** The trained arrays by the names that the text gives them. */
    public Map<String, NumpyArray> arrays() {
        Map<String, NumpyArray> arrays = new TreeMap<>();
        for (Node node : model().graph().nodes()) {
            ((Layer<?>) node.operation()).parameters().forEach((parameter, tensor) -> {
                float[] values = new float[tensor.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = tensor.get(i);
                }
                arrays.put(node.name() + "." + parameter, NumpyArray.ofFloats(
                        tensor.shape().dims().stream().mapToInt(Integer::intValue).toArray(), values));
            });
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
        for (Pattern pattern : RepetitionFinder.find(graph)) {
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
            LayerText layer = LayerText.of(node);
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
            Value value = skeleton.inputs().get(i).value();
            values.put(graph.inputs().get(i).value().id(), value);
            inputs.add(new Input(value, graph.inputs().get(i).range(), graph.inputs().get(i).span()));
        }
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            Node named = skeleton.nodes().get(i);
            values.put(node.output().id(), named.output());
            nodes.add(new Node(named.name(), node.operation(),
                    node.inputs().stream().map(input -> values.get(input.id())).toList(), named.output(),
                    node.span()));
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

    /** The text must say exactly what the graph is: a difference is a defect of this package. */
    private static void requireSame(Node original, Node renamed, Node written) {
        boolean same = original.operation().describe().equals(written.operation().describe())
                && original.operation().mnemonic().equals(written.operation().mnemonic())
                && original.output().shape().equals(written.output().shape())
                && renamed.inputs().equals(written.inputs());
        if (!same) {
            throw new IllegalStateException("layer " + original.name() + " was written as "
                    + written.operation().mnemonic() + "(" + written.operation().describe() + ")");
        }
    }
}
