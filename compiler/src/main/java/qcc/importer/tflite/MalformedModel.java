package qcc.importer.tflite;

/** The file is no TFLite model, is truncated or corrupt, or contradicts itself. */
final class MalformedModel extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedModel(String message) {
        super(message);
    }
}
