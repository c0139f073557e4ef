package qcc.importer.onnx;

import qcc.diagnostics.Code;

/** Something in a model that cannot be imported; the importer adds where it is. */
final class ImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String help;

    /**
     * @param help what the user can do about it
     */
    ImportException(Code code, String message, String help) {
        super(message);
        this.code = code;
        this.help = help;
    }

    /** The file contradicts itself or the format. */
    static ImportException invalid(String message) {
        return new ImportException(Code.E901, message, "the file is damaged or was written by a faulty program");
    }

    /** A use of a known operator that qcc cannot express. */
    static ImportException unsupported(String message, String help) {
        return new ImportException(Code.E903, message, help);
    }

    Code code() {
        return code;
    }

    String help() {
        return help;
    }
}
