package qcc.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.ops.Upsample;
import qcc.ops.attributes.Extent;

/**
 * Resize and Upsample to the nearest pixel by whole factors. The coordinate transformations of ONNX differ in which
 * pixel is the nearest; a use is accepted when it repeats every pixel, which is checked pixel by pixel.
 */
final class Resizing {
    private static final int MAX_FACTOR = 64;
    private static final int MAX_EXTENT = 1 << 14;

    /** Where a pixel of the result lies in the input. */
    @FunctionalInterface
    private interface Coordinate {
        double of(double x, double factor, int in, int out);
    }

    @FunctionalInterface
    private interface Rounding {
        double of(double coordinate);
    }

    private static final Map<String, Coordinate> COORDINATES = Map.of(
            "half_pixel", (x, factor, in, out) -> (x + 0.5) / factor - 0.5,
            "half_pixel_symmetric", (x, factor, in, out) -> (x + 0.5) / factor - 0.5,
            "pytorch_half_pixel", (x, factor, in, out) -> out > 1 ? (x + 0.5) / factor - 0.5 : 0,
            "tf_half_pixel_for_nn", (x, factor, in, out) -> (x + 0.5) / factor,
            "align_corners", (x, factor, in, out) -> out > 1 ? x * (in - 1) / (out - 1) : 0,
            "asymmetric", (x, factor, in, out) -> x / factor);

    private static final Map<String, Rounding> ROUNDINGS = Map.of(
            "round_prefer_floor", x -> Math.ceil(x - 0.5),
            "round_prefer_ceil", x -> Math.floor(x + 0.5),
            "floor", Math::floor,
            "ceil", Math::ceil);

    private Resizing() {
    }

    static Operand resize(Scope scope) {
        boolean old = scope.version() < 11;
        int scales = old ? 1 : 2;
        String coordinate = scope.attributes().text("coordinate_transformation_mode",
                old ? "asymmetric" : "half_pixel");
        String rounding = scope.attributes().text("nearest_mode", old ? "floor" : "round_prefer_floor");
        Optional<KnownTensor> factors = scope.known(scales).filter(tensor -> tensor.size() > 0);
        return upsample(scope, factors, old ? Optional.empty() : scope.known(3), coordinate, rounding);
    }

    /** The operator of versions 7 to 9. */
    static Operand upsample(Scope scope) {
        Optional<KnownTensor> factors = scope.attributes().reals("scales").or(() -> scope.known(1));
        return upsample(scope, factors, Optional.empty(), "asymmetric", "floor");
    }

    private static Operand upsample(Scope scope, Optional<KnownTensor> factors, Optional<KnownTensor> sizes,
            String coordinate, String rounding) {
        String mode = scope.attributes().text("mode", "nearest");
        if (!mode.equals("nearest") || !COORDINATES.containsKey(coordinate) || !ROUNDINGS.containsKey(rounding)) {
            throw ImportException.unsupported("mode = " + mode + ", " + coordinate + ", " + rounding,
                    "use mode = nearest with coordinate_transformation_mode = asymmetric and nearest_mode = floor");
        }
        if (!scope.attributes().text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            throw ImportException.unsupported("a keep_aspect_ratio_policy", "state the factors as scales");
        }
        Activation x = scope.activation(0);
        Images.require(x);
        List<Integer> axes = scope.attributes().integers("axes").map(list -> list.stream()
                .map(axis -> scope.axis(axis, Images.RANK)).toList()).orElse(Activation.axes(Images.RANK));
        List<Integer> whole = new ArrayList<>(List.of(1, 1, 1, 1));
        KnownTensor given = factors.or(() -> sizes)
                .orElseThrow(() -> ImportException.invalid("neither scales nor sizes are given"));
        if (given.size() != axes.size()) {
            throw ImportException.invalid(given.size() + " scales or sizes for " + axes.size() + " axes");
        }
        for (int i = 0; i < axes.size(); i++) {
            int axis = axes.get(i);
            double factor = factors.isPresent() ? given.get(i) : given.get(i) / x.dims().get(axis);
            whole.set(axis, wholeFactor(factor, x.dims().get(axis), coordinate, rounding));
        }
        if (whole.get(0) != 1 || whole.get(1) != 1) {
            throw ImportException.unsupported("a resize of channels", "only the height and the width can be resized");
        }
        Source y = scope.add(new Upsample(), new Upsample.Attributes(new Extent(whole.get(2), whole.get(3))),
                Images.stored(scope, x));
        return Images.of(y, x.integers());
    }

    private static int wholeFactor(double factor, int in, String coordinate, String rounding) {
        if (factor != Math.rint(factor) || factor < 1 || factor > MAX_FACTOR) {
            throw ImportException.unsupported("a resize by the factor " + factor,
                    "whole factors from 1 to " + MAX_FACTOR + " are supported");
        }
        int out = Math.multiplyExact(in, (int) factor);
        if (out > MAX_EXTENT) {
            throw ImportException.unsupported("a resize to an extent of " + out, "at most " + MAX_EXTENT
                    + " is supported");
        }
        for (int x = 0; x < out; x++) {
            double nearest = ROUNDINGS.get(rounding).of(COORDINATES.get(coordinate).of(x, factor, in, out));
            if (Math.max(0, Math.min(in - 1, nearest)) != Math.floorDiv(x, (int) factor)) {
                throw ImportException.unsupported("with " + coordinate + " and " + rounding
                        + " the pixels are not all repeated equally often",
                        "use coordinate_transformation_mode = asymmetric and nearest_mode = floor");
            }
        }
        return (int) factor;
    }
}
