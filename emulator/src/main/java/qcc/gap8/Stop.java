package qcc.gap8;

/** The machine cannot or must not go on; the message says why, for a reader who knows the place it came from. */
final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of end it is, and the exit code of the simulator. */
    enum Kind {
        /** The firmware does what the chip does not define. */
        FAULT(121, "fault"),
        /** Every core waits for another one. */
        DEADLOCK(122, "deadlock"),
        /** The limit of cycles is reached. */
        LIMIT(123, "cycle limit");

        final int exitCode;
        final String title;

        Kind(int exitCode, String title) {
            this.exitCode = exitCode;
            this.title = title;
        }
    }

    private final Kind kind;

    Stop(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    static Stop fault(String message) {
        return new Stop(Kind.FAULT, message);
    }

    Kind kind() {
        return kind;
    }
}
