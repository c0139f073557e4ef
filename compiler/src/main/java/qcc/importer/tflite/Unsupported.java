package qcc.importer.tflite;

import qcc.diagnostics.Code;

/** One operator of the model cannot be taken over; the others are still looked at. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String help;

    /**
     * @param reason what is not possible
     * @param help   what the user can do
     */
    Unsupported(Code code, String reason, String help) {
        super(reason);
        this.code = code;
        this.help = help;
    }

    /** A use of a known operator that is not supported. */
    Unsupported(String reason, String help) {
        this(Code.E903, reason, help);
    }

    Code code() {
        return code;
    }

    String help() {
        return help;
    }
}
