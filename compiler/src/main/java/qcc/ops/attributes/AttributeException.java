package qcc.ops.attributes;

import qcc.diagnostics.Code;

/** An argument that an operator cannot take. */
public final class AttributeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String attribute;
    private final String help;

    public AttributeException(Code code, String attribute, String message, String help) {
        super(message);
        this.code = code;
        this.attribute = attribute;
        this.help = help;
    }

    public Code code() {
        return code;
    }

    /** The name of the argument. */
    public String attribute() {
        return attribute;
    }

    public String help() {
        return help;
    }
}
