package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import qcc.ops.Conv2d;
import qcc.ops.Dense;
import qcc.ops.attributes.Extent;
import qcc.ops.attributes.Padding;
import qcc.tensor.Shape;

/**
 * Gemm and MatMul with a constant matrix. A vector that is stored in another order than ONNX sees, as after the
 * Flatten of an image, is multiplied by a matrix whose rows are in that order.
 */
final class Products {
    private static final Extent ONE = new Extent(1, 1);

    private Products() {
    }

    static Operand gemm(Scope scope) {
        Activation a = scope.real(0);
        if (a.dims().size() != 2) {
            throw ImportException.invalid("Gemm needs a matrix, the input has the shape " + a.dims());
        }
        if (scope.attributes().integer("transA", 0) != 0) {
            a = a.isReshaped() ? Activation.plain(scope.plain(a), a.dims(), false) : a;
            a = a.transpose(List.of(1, 0));
        }
        boolean transposed = scope.attributes().integer("transB", 0) != 0;
        KnownTensor b = matrix(scope.requiredKnown(1));
        Optional<KnownTensor> c = scope.known(2);
        int columns = b.dims().get(transposed ? 0 : 1);
        if (c.isPresent() && c.get().size() != 1
                && (c.get().size() != columns || c.get().dims().get(c.get().dims().size() - 1) != columns)) {
            throw ImportException.unsupported("C has the shape " + c.get().dims(), "a bias [" + columns
                    + "] is supported");
        }
        return multiply(scope, a, new Matrix(b, transposed, c, scope.attributes().real("alpha", 1),
                scope.attributes().real("beta", 1)));
    }

    static Operand matMul(Scope scope) {
        KnownTensor b = matrix(scope.requiredKnown(1));
        return multiply(scope, scope.real(0), new Matrix(b, false, Optional.empty(), 1, 1));
    }

    private static KnownTensor matrix(KnownTensor tensor) {
        if (tensor.dims().size() != 2 || tensor.size() == 0) {
            throw ImportException.unsupported("the second factor has the shape " + tensor.dims(),
                    "a constant matrix is supported");
        }
        return tensor;
    }

    /**
     * A constant factor.
     *
     * @param transposed whether the array is [columns][rows]
     */
    private record Matrix(KnownTensor array, boolean transposed, Optional<KnownTensor> bias, double alpha,
            double beta) {
        int rows() {
            return array.dims().get(transposed ? 1 : 0);
        }

        int columns() {
            return array.dims().get(transposed ? 0 : 1);
        }

        /** The weights for inputs in the given order, in the layout [inputs][columns]. */
        Weights weights(IntUnaryOperator rowOf, Shape shape) {
            int columns = columns();
            IntUnaryOperator position = transposed ? i -> i % columns * rows() + rowOf.applyAsInt(i / columns)
                    : i -> rowOf.applyAsInt(i / columns) * columns + i % columns;
            return new Weights(array, shape, position, columns, bias, alpha, beta);
        }
    }

    private static Operand multiply(Scope scope, Activation a, Matrix matrix) {
        int rank = a.dims().size();
        if (rank == 0 || a.dims().get(rank - 1) != matrix.rows()) {
            throw ImportException.invalid("shapes " + a.dims() + " and [" + matrix.rows() + ", " + matrix.columns()
                    + "] cannot be multiplied");
        }
        List<Integer> dims = new ArrayList<>(a.dims());
        dims.set(rank - 1, matrix.columns());
        boolean hasBias = matrix.bias().isPresent();
        if (a.size() == matrix.rows()) {
            Weights weights = matrix.weights(a.rowMajorIndices(), Shape.of(matrix.rows(), matrix.columns()));
            Source y = scope.weighted(new Dense(), new Dense.Attributes(matrix.columns(), hasBias), weights,
                    a.source());
            return Activation.plain(y, dims, false);
        }
        Source image = rows(scope, a);
        Weights weights = matrix.weights(IntUnaryOperator.identity(),
                Shape.of(1, 1, matrix.rows(), matrix.columns()));
        Source y = scope.weighted(new Conv2d(), new Conv2d.Attributes(matrix.columns(), ONE, ONE, new Padding.Valid(),
                ONE, 1, hasBias), weights, image);
        return Activation.plain(y, dims, false);
    }

    /** Several vectors as the pixels of an image [count, 1, length]. */
    private static Source rows(Scope scope, Activation a) {
        int length = a.dims().get(a.dims().size() - 1);
        List<Integer> dims = List.of(a.size() / length, 1, length);
        Activation plain = Activation.plain(scope.plain(a), dims, false);
        return scope.stored(plain, List.of(0, 1, 2));
    }
}
