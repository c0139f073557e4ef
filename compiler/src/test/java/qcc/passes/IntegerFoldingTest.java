package qcc.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.diagnostics.Span;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.ConstantTensor;
import qcc.ops.IntegerOperation;
import qcc.ops.Lookup;
import qcc.ops.Transpose;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Constants and transposes in integer graphs: folding leaves every result as it was. */
class IntegerFoldingTest {
    private static final Quantization ANY = new Quantization(Scale.powerOfTwo(-4), 3);
    private static final Span SPAN = Span.wholeFile("test");
    private final List<Node> nodes = new ArrayList<>();
    private int id;

    private Value value(Shape shape) {
        return Value.real(id, "v" + id++, shape).withQuantization(ANY);
    }

    private Value add(IntegerOperation operation, Value... inputs) {
        Value result = value(operation.resultShape(List.of(inputs).stream().map(Value::shape).toList()));
        nodes.add(new Node(result.name(), operation, List.of(inputs), result, SPAN));
        return result;
    }

    private Value transposed(Value x, String axes) {
        Shape permutation = new Shape(axes.chars().map(c -> c - '0').boxed().toList());
        return add(Transpose.integerForm(new Transpose.Attributes(permutation), x.shape()), x);
    }

    private static IntTensor random(Shape shape, int seed) {
        return new IntTensor(shape, new Random(seed).ints(shape.size(), -128, 128).toArray());
    }

    private static Lookup table(int size) {
        return new Lookup(new Lookup.Geometry(size), random(Shape.of(256), 9), "test");
    }

    private Graph graph(List<Value> inputs, Value... outputs) {
        return new Graph("net", Stage.INTEGER,
                inputs.stream().map(input -> new Input(input, Optional.empty(), SPAN)).toList(), nodes,
                List.of(outputs).stream().map(value -> new Output(value.name(), value, SPAN)).toList());
    }

    private static List<String> mnemonics(Graph graph) {
        return graph.nodes().stream().map(node -> node.operation().mnemonic()).toList();
    }

    private static void assertSameResults(Graph before, Graph after) {
        Verifier.check(after);
        List<IntTensor> inputs = before.inputs().stream().map(input -> random(input.value().shape(), 1)).toList();
        assertThat(IntegerInterpreter.run(after, inputs).outputs())
                .isEqualTo(IntegerInterpreter.run(before, inputs).outputs());
    }

    @Test
    void whatDependsOnConstantsOnlyIsAConstant() {
        Value constant = add(ConstantTensor.of(random(Shape.of(4, 3), 2)));
        Value changed = transposed(add(table(12), constant), "10");
        Value input = value(Shape.of(3, 4));
        Graph graph = graph(List.of(input), add(table(12), input), changed);
        Graph folded = FoldConstants.run(graph);
        assertThat(mnemonics(folded)).containsExactlyInAnyOrder("lookup", "constant");
        assertSameResults(graph, folded);
    }

    @ParameterizedTest
    @CsvSource({
        "120, 201, view",
        "120, 120, transpose",
        "021, 102, transpose",
        "210, 210, view"
    })
    void transposesAreComposed(String first, String second, String left) {
        Value input = value(Shape.of(4, 3, 5));
        Graph graph = graph(List.of(input), transposed(transposed(input, first), second));
        Graph folded = FoldTransposes.run(graph);
        assertThat(mnemonics(folded)).containsExactly(left);
        assertSameResults(graph, folded);
    }

    @Test
    void transposesMoveThroughTables() {
        Value input = value(Shape.of(4, 3, 5));
        Value y = transposed(add(table(60), add(table(60), transposed(input, "201"))), "120");
        Graph graph = graph(List.of(input), y);
        Graph folded = FoldTransposes.run(graph);
        assertThat(mnemonics(folded)).containsExactly("view", "lookup", "lookup");
        assertSameResults(graph, folded);
    }

    /** Otherwise the table would be computed twice. */
    @Test
    void transposesDoNotMoveThroughTablesWithOtherReaders() {
        Value input = value(Shape.of(4, 3, 5));
        Value table = add(table(60), transposed(input, "201"));
        Graph graph = graph(List.of(input), table, transposed(table, "120"));
        Graph folded = FoldTransposes.run(graph);
        assertThat(folded.nodes()).isEqualTo(graph.nodes());
    }

    /** The first one stays for its other reader; the second no longer needs it. */
    @Test
    void aTransposeWithAnotherReaderStays() {
        Value input = value(Shape.of(4, 3, 5));
        Value middle = transposed(input, "201");
        Graph graph = graph(List.of(input), middle, transposed(middle, "201"));
        Graph folded = FoldTransposes.run(graph);
        assertThat(mnemonics(folded)).containsExactly("transpose", "transpose");
        assertSameResults(graph, folded);
    }
}
