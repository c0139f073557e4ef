package qcc.ops.given;

import qcc.diagnostics.Code;

/** The integers that are given for a layer cannot be used. */
public final class GivenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public GivenException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
