package qcc.plan;

import java.util.List;
import qcc.ir.Node;
import qcc.ir.Value;

/**
 * A layer that can compute its output a band of rows at a time. All its tensors are images [height, width, channels].
 *
 * @param node         the layer
 * @param band         rows of the output that one call of the kernel computes; the last band may have fewer
 * @param window       the rows of every input that an output row depends on
 * @param scratchBytes of one call
 * @param rereads      true when the kernel keeps input rows aside, which every call then reads anew
 */
public record RowLayer(Node node, int band, RowWindow window, int scratchBytes, boolean rereads) {

    /** The input rows under output row r: {@code r * stride - pad} and the {@code span - 1} rows behind it. */
    public record RowWindow(int stride, int pad, int span) {
        /** Each row depends on the same row of every input. */
        public static final RowWindow SAME = new RowWindow(1, 0, 1);

        /** The first row inside the image that a band beginning with this row depends on. */
        public int first(int row) {
            return Math.max(0, row * stride - pad);
        }

        /** The row behind the last one inside the image that a band ending with this row depends on. */
        public int end(int lastRow, int height) {
            return Math.min(height, lastRow * stride - pad + span);
        }
    }

    /** Rows that nobody computes: the application supplies them when a layer needs them. */
    public static RowLayer supplying(Node node) {
        return new RowLayer(node, 1, RowWindow.SAME, 0, false);
    }

    public List<Value> inputs() {
        return node.inputs();
    }

    public Value output() {
        return node.output();
    }

    public int height() {
        return height(node.output());
    }

    /** The rows of an image. */
    public static int height(Value image) {
        return image.shape().dim(0);
    }

    /** The bytes of one row of an image. */
    public static int pitch(Value image) {
        return image.bytes() / height(image);
    }
}
