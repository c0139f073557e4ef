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
        Window window = geometry.window();
        int channels = geometry.channels();
        IntTensor result = IntTensor.zeros(window.output(channels));
        int[] max = new int[1];
        for (int i = 0; i < result.size(); i++) {
            int place = i / channels;
            int c = i % channels;
            max[0] = Short.MIN_VALUE;
            window.forEachTap(place / window.outW(), place % window.outW(), (element, pixel) -> {
                if (pixel >= 0) {
                    max[0] = Math.max(max[0], inputs.get(0).get(pixel * channels + c));
                }
            });
            result.set(i, Math.max(geometry.lo(), Math.min(geometry.hi(), max[0])));
        }
        return result;
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
