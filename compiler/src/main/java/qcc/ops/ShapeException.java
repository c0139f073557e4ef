package qcc.ops;

/** The operator is not defined for inputs of these shapes; the message says why, for the user. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String help;

    public ShapeException(String message, String help) {
        super(message);
        this.help = help;
    }

    /** What the user can do. */
    public String help() {
        return help;
    }
}
