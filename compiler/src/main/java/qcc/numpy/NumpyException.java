package qcc.numpy;

import qcc.diagnostics.Code;

/** A data file cannot be used; the message is for the user, and names the array where there is one. */
public final class NumpyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    NumpyException(Code code, String message) {
        super(message);
        this.code = code;
    }

    NumpyException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static NumpyException malformed(String message) {
        return new NumpyException(Code.E402, message);
    }

    static NumpyException wrongType(String message) {
        return new NumpyException(Code.E405, message);
    }

    static NumpyException tooLarge(String message) {
        return new NumpyException(Code.E407, message);
    }

    /** One of the codes for data files, to report it with. */
    public Code code() {
        return code;
    }
}
