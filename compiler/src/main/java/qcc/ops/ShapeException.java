package qcc.ops;

import qcc.diagnostics.Code;

/** The operator is not defined for inputs of these shapes, or arguments of these values; the message says why. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String help;

    public ShapeException(String message, String help) {
        this(Code.E306, message, help);
    }

    private ShapeException(Code code, String message, String help) {
        super(message);
        this.code = code;
        this.help = help;
    }

    /** An argument is wrong whatever the shapes are. */
    public static ShapeException ofArgument(String message, String help) {
        return new ShapeException(Code.E304, message, help);
    }

    /** The code to report it with. */
    public Code code() {
        return code;
    }

    /** What the user can do. */
    public String help() {
        return help;
    }
}
