package qcc.passes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import qcc.diagnostics.Span;
import qcc.ir.Graph;
import qcc.ir.Input;
import qcc.ir.Node;
import qcc.ir.Operation;
import qcc.ir.Output;
import qcc.ir.Quantization;
import qcc.ir.Scale;
import qcc.ir.Stage;
import qcc.ir.Value;
import qcc.ops.BatchNorm;
import qcc.ops.Constant;
import qcc.ops.Dense;
import qcc.ops.IntegerOperation;
import qcc.ops.Layer;
import qcc.ops.NoAttributes;
import qcc.ops.Relu;
import qcc.ops.Requantization;
import qcc.ops.View;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** Every rule of the verifier, broken once by a graph made by hand. */
class VerifierTest {
    private static final Span SPAN = Span.wholeFile("test");
    private static final Shape SHAPE = Shape.of(4);
    private static final Quantization Q = new Quantization(Scale.powerOfTwo(-7), 3);
    private static final Layer<?> RELU = Layer.plain(new Relu(), new NoAttributes());
    private static final Value X = Value.real(0, "x", SHAPE);
    private static final Value Y = Value.real(1, "y", SHAPE);

    private static Graph graph(Stage stage, Value in, List<Node> nodes, Value out) {
        return new Graph("test", stage, List.of(new Input(in, Optional.empty(), SPAN)), nodes,
                List.of(new Output("out", out, SPAN)));
    }

    private static Node node(String name, Operation operation, Value in, Value out) {
        return new Node(name, operation, List.of(in), out, SPAN);
    }

    private static void refused(Graph graph, String message) {
        assertThatThrownBy(() -> Verifier.check(graph)).isInstanceOf(IllegalStateException.class)
                .hasMessage("verifier: " + message);
    }

    private static Graph integer(IntegerOperation operation) {
        return graph(Stage.INTEGER, X.withQuantization(Q),
                List.of(node("y", operation, X.withQuantization(Q), Y.withQuantization(Q))), Y.withQuantization(Q));
    }

    private static Dense.Int8 dense(int weight, int bias) {
        IntTensor weights = new IntTensor(Shape.of(4, 4), new int[16]);
        weights.set(5, weight);
        return new Dense.Int8(new Dense.Geometry(4, 4), weights, IntTensor.vector(0, bias, 0, 0),
                new Requantization(new Requantization.Shift(IntTensor.vector(7)), -128, 127));
    }

    @Test
    void soundGraphsPass() {
        assertThatCode(() -> Verifier.check(graph(Stage.TYPED, X, List.of(node("y", RELU, X, Y)), Y)))
                .doesNotThrowAnyException();
        assertThatCode(() -> Verifier.check(graph(Stage.CALIBRATED, X.withQuantization(Q),
                List.of(node("y", RELU, X.withQuantization(Q), Y.withQuantization(Q))), Y.withQuantization(Q))))
                .doesNotThrowAnyException();
        assertThatCode(() -> Verifier.check(integer(dense(-128, 5)))).doesNotThrowAnyException();
        assertThatCode(() -> Verifier.check(integer(View.of(SHAPE)))).doesNotThrowAnyException();
    }

    @Test
    void valuesAreDefinedBeforeTheyAreRead() {
        refused(graph(Stage.TYPED, X, List.of(node("z", RELU, Y, Value.real(2, "z", SHAPE)),
                node("y", RELU, X, Y)), Y), "z reads %y before it is defined");
    }

    @Test
    void readersSeeTheValueAsItWasDefined() {
        Value other = Value.real(0, "x", Shape.of(2, 2));
        refused(graph(Stage.TYPED, X, List.of(node("y", RELU, other, Value.real(1, "y", Shape.of(2, 2)))), X),
                "y reads another %x than the one defined");
        Quantization finer = new Quantization(Scale.powerOfTwo(-8), 3);
        refused(graph(Stage.CALIBRATED, X.withQuantization(Q),
                List.of(node("y", RELU, X.withQuantization(finer), Y.withQuantization(Q))), Y.withQuantization(Q)),
                "y reads another %x than the one defined");
        refused(graph(Stage.TYPED, X, List.of(node("y", RELU, X, Y)), Value.real(1, "y", Shape.of(2, 2))),
                "out is another %y than the one defined");
    }

    @Test
    void valuesAndNamesAreUnique() {
        refused(graph(Stage.TYPED, X, List.of(node("y", RELU, X, Y), node("z", RELU, X, Y)), Y),
                "z defines value 1 again");
        refused(graph(Stage.TYPED, X, List.of(node("y", RELU, X, Y), node("y", RELU, X, Value.real(2, "y", SHAPE))),
                Y), "y is not a unique name");
    }

    @Test
    void shapesAreThoseOfTheOperation() {
        refused(graph(Stage.TYPED, X, List.of(node("y", RELU, X, Value.real(1, "y", Shape.of(5)))), X),
                "y has the shape [5] instead of [4]");
        refused(graph(Stage.TYPED, Value.real(0, "x", Shape.of(4, 0)), List.of(), X), "x has the shape [4, 0]");
    }

    @Test
    void outputsExist() {
        refused(graph(Stage.TYPED, X, List.of(), Y), "out is never computed");
        refused(new Graph("test", Stage.TYPED, List.of(new Input(X, Optional.empty(), SPAN)), List.of(), List.of()),
                "test has no output");
    }

    @Test
    void quantisationsAreThereFromCalibrationOn() {
        refused(graph(Stage.TYPED, X.withQuantization(Q), List.of(), X), "x has the quantisation Optional[int8 * 2^-7 zero 3]");
        refused(graph(Stage.CALIBRATED, X, List.of(), X), "x has the quantisation Optional.empty");
    }

    @Test
    void operationsBelongToTheirStage() {
        refused(graph(Stage.TYPED, X, List.of(node("y", View.of(SHAPE), X, Y)), Y), "y is no real-valued layer");
        refused(graph(Stage.INTEGER, X.withQuantization(Q),
                List.of(node("y", RELU, X.withQuantization(Q), Y.withQuantization(Q))), Y.withQuantization(Q)),
                "y is no integer operation");
        Layer<?> norm = Layer.plain(new BatchNorm(), new BatchNorm.Attributes(0.1));
        refused(graph(Stage.CALIBRATED, X.withQuantization(Q),
                List.of(node("y", norm, X.withQuantization(Q), Y.withQuantization(Q))), Y.withQuantization(Q)),
                "y is a batch normalisation that was not folded");
    }

    @Test
    void constantsFitTheirTypes() {
        refused(integer(dense(128, 0)), "y weights[5] = 128 is no int8_t");
        refused(integer(dense(-129, 0)), "y weights[5] = -129 is no int8_t");
    }

    @Test
    void accumulatorsFit() {
        assertThatThrownBy(() -> Verifier.check(integer(dense(1, Integer.MAX_VALUE)))).hasMessage(
                "the accumulator of output channel 1 can reach 2147483775; 32 bits end at 2147483647");
    }

    /** An operation with anything hidden in it. */
    private record Hiding(Object hidden) implements IntegerOperation {
        @Override
        public IntTensor evaluate(List<IntTensor> inputs) {
            return inputs.get(0);
        }

        @Override
        public Record geometry() {
            return new View.Geometry(4);
        }

        @Override
        public List<Constant> constants() {
            return List.of();
        }

        @Override
        public String mnemonic() {
            return "hiding";
        }

        @Override
        public String describe() {
            return "";
        }

        @Override
        public Shape resultShape(List<Shape> inputs) {
            return SHAPE;
        }
    }

    private record Attributes(int size, double slope) {
    }

    private record SinglePrecision(float slope) {
    }

    @Test
    void noRealNumberHides() {
        assertThatCode(() -> Verifier.check(integer(new Hiding(Map.of("a", List.of(1, 2L, "x", true))))))
                .doesNotThrowAnyException();
        for (Object hidden : List.of(1.5, 1.5f, new double[] {1}, new float[0], List.of(1, 2, 3.0),
                Optional.of(0.5), Map.of("slope", 0.5), Map.of(0.5, "slope"), new Object[] {1, 2.5},
                new Hiding(new Hiding(1.5)))) {
            assertThatThrownBy(() -> Verifier.check(integer(new Hiding(hidden)))).as(hidden.toString())
                    .hasMessageStartingWith("verifier: y still holds the real number ");
        }
        for (Object hidden : List.of(new Attributes(1, 2), new SinglePrecision(1), List.of(new Attributes(1, 2)))) {
            assertThatThrownBy(() -> Verifier.check(integer(new Hiding(hidden)))).as(hidden.toString())
                    .hasMessageStartingWith("verifier: y holds the real number ").hasMessageEndingWith(".slope");
        }
        assertThatThrownBy(() -> Verifier.check(integer(new Hiding(RELU)))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("real number");
    }

    @Test
    void whatCannotBeSearchedIsRefused() {
        refused(integer(new Hiding(new BigDecimal("0.5"))),
                "y holds a java.math.BigDecimal, which may hide a real number");
    }
}
