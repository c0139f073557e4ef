package qcc.ops.wide;

import java.util.List;
import qcc.ops.IntegerOperation;
import qcc.ops.Window;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

/** {@code clamp(max x, lo, hi)} over the int16 elements of each window that lie inside the image. */
public record WideMaximum(Geometry geometry) implements IntegerOperation {

    /** The kernel's literals; {@code lo} and {@code hi} are the smallest and the largest result. */
    public record Geometry(Window window, int channels, int lo, int hi) {
    }

    @Override
    public IntTensor evaluate(List<IntTensor> inputs) {
        return geometry.window().fold(inputs.get(0), Short.MIN_VALUE, Math::max)
                .map(max -> Math.max(geometry.lo(), Math.min(geometry.hi(), max)));
    }

    @Override
    public String mnemonic() {
        return "wide_max_pool";
    }

    @Override
    public String describe() {
        return "kernel = [" + geometry.window().kernelH() + ", " + geometry.window().kernelW() + "]";
    }

    @Override
    public Shape resultShape(List<Shape> inputs) {
        return geometry.window().output(geometry.channels());
    }
}
