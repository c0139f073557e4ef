package qcc.importer.onnx;

/** Elements of constants that may be made in the course of one import: a small file can ask for very many. */
final class Budget {
    private final String what;
    private long left;

    /**
     * @param what is counted, for the message
     */
    Budget(String what, long elements) {
        this.what = what;
        this.left = elements;
    }

    /** Takes a number of elements before memory is taken for them. */
    void take(long elements) {
        left -= elements;
        if (left < 0) {
            throw ImportException.unsupported("the model has too many " + what,
                    "no microcontroller holds such a network");
        }
    }
}
