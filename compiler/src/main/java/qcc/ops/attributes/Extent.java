package qcc.ops.attributes;

/** A pair of integers for the two spatial axes; in QDSL {@code [height, width]} or one number for both. */
public record Extent(int height, int width) {

    public long area() {
        return (long) height * width;
    }

    @Override
    public String toString() {
        return height == width ? String.valueOf(height) : "[" + height + ", " + width + "]";
    }
}
