package qcc.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import qcc.frontend.Ast;
import qcc.frontend.Comments;
import qcc.ir.Node;
import qcc.ops.Operators;
import qcc.ops.attributes.Literal;

/** Writes patterns as blocks. */
final class BlockWriter {
    /** The tensor that flows through a block. */
    private static final String ENTRY = "x";
    private static final String OTHER = "stage";

    /** What blocks with certain operators are called; the first that fits. */
    private record Kind(Set<String> operators, String name) {
    }

    private static final List<Kind> KINDS = List.of(
            new Kind(Set.of("add"), "residual"),
            new Kind(Set.of("depthwise_conv2d", "conv2d"), "separable"),
            new Kind(Set.of("concat"), "inception"),
            new Kind(Set.of("conv2d"), "convolution"),
            new Kind(Set.of("dense"), "layer"));

    private final TensorNames blockNames = new TensorNames();
    private final Comments comments;

    BlockWriter(Comments comments) {
        this.comments = comments;
        Operators.names().forEach(blockNames::unique);
    }

    /** A free name that says what kind of layers the pattern has. */
    String name(Pattern pattern) {
        Set<String> operators = pattern.uses().get(0).texts().stream().map(LayerText::operator)
                .collect(Collectors.toSet());
        return blockNames.unique(KINDS.stream().filter(kind -> operators.containsAll(kind.operators()))
                .map(Kind::name).findFirst().orElse(OTHER));
    }

    Ast.Block write(String name, Pattern pattern) {
        Segment first = pattern.uses().get(0);
        TensorNames names = new TensorNames();
        names.define(first.entry(), ENTRY);
        List<Ast.Parameter> parameters = new ArrayList<>();
        parameters.add(new Ast.Parameter(Syntax.name(ENTRY), Optional.empty(), Syntax.NOWHERE));
        for (Pattern.Parameter parameter : pattern.parameters()) {
            names.unique(parameter.name());
            parameters.add(new Ast.Parameter(Syntax.name(parameter.name()), parameter.fallback().map(Syntax::literal),
                    Syntax.NOWHERE));
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < first.nodes().size(); i++) {
            Node node = first.nodes().get(i);
            Map<String, Literal> arguments = pattern.argumentsOf(i);
            items.add(new Item(first.texts().get(i).operator(), arguments, node.inputs(), node.output(), 1));
        }
        List<Ast.Binding> bindings = new StatementBuilder(items, names, new Comments()).bindings();
        Ast.Expression result = bindings.get(bindings.size() - 1).value();
        Ast.Block block = new Ast.Block(Syntax.name(name), parameters, bindings.subList(0, bindings.size() - 1),
                result, Syntax.NOWHERE);
        comments.before(block, "used " + pattern.uses().size() + " times, from " + first.entry().shape() + " to "
                + pattern.uses().get(pattern.uses().size() - 1).output().shape());
        return block;
    }
}
