package qcc.numpy;

import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;

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

    /**
     * What to tell the user.
     *
     * @param span  the place that names the file, or needs the array
     * @param shown the file's name
     */
    public Diagnostic diagnostic(Span span, String shown) {
        boolean named = span.isWholeFile();
        return Diagnostic.of(code, span, named ? getMessage() : shown + ": " + getMessage()).help(switch (code) {
            case E401 -> named ? "check the path" : "paths are relative to the folder of the model file";
            case E405 -> "convert the array before saving it, for example with `.astype(numpy.float32)`";
            case E407 -> "save only the arrays that the model needs, with the shapes that it needs";
            default -> "write the file again with `numpy.savez`; a copy or download may have been cut short";
        });
    }
}
