package qcc.ops;

/** A layer cannot be quantised as asked; the message says why, for the user. */
public final class QuantizationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String help;

    public QuantizationException(String message, String help) {
        super(message);
        this.help = help;
    }

    /** What the user can do. */
    public String help() {
        return help;
    }
}
