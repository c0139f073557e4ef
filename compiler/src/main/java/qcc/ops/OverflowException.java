package qcc.ops;

/** An accumulator could leave int32 for some input. */
public final class OverflowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OverflowException(String message) {
        super(message);
    }
}
