package qcc.importer.tflite;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import qcc.importer.tflite.schema.TensorType;

/**
 * A tensor as the file describes it.
 *
 * @param index      its number in the file
 * @param name       as its author or converter wrote it; may be empty
 * @param dims       extents with the batch; empty for a scalar
 * @param type       a code of {@link TensorType}
 * @param scales     of its quantisation: none, one, or one for each index along {@code axis}
 * @param zeroPoints as many as scales
 * @param axis       of a quantisation per channel
 * @param data       the bytes of a constant, little endian
 */
record TensorInfo(int index, String name, List<Integer> dims, byte type, List<Float> scales, List<Long> zeroPoints,
        int axis, Optional<ByteBuffer> data) {

    TensorInfo {
        dims = List.copyOf(dims);
        scales = List.copyOf(scales);
        zeroPoints = List.copyOf(zeroPoints);
    }

    boolean isConstant() {
        return data.isPresent();
    }

    boolean is(byte other) {
        return type == other;
    }

    String typeName() {
        return TensorTypes.name(type);
    }

    /** The number of elements. */
    long size() {
        return dims.stream().mapToLong(d -> d).reduce(1, (a, b) -> Math.min(a * b, 1L << 40));
    }

    /** The only scale of an activation. */
    float scale() {
        if (scales.size() != 1 || zeroPoints.size() != 1) {
            throw new Unsupported("tensor `" + name + "` has " + scales.size()
                    + " scales, but activations have exactly one", "quantise activations per tensor");
        }
        return scales.get(0);
    }

    @Override
    public String toString() {
        return "`" + name + "` (" + typeName() + " " + dims + ")";
    }
}
