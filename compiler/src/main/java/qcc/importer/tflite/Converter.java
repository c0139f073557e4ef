package qcc.importer.tflite;

/** Takes over one operator of TFLite. */
@FunctionalInterface
interface Converter {
    /** Appends the nodes that compute the call's outputs; throws {@link Unsupported} where that is not possible. */
    void convert(Call call);
}
