package qcc.tests.fuzz;

/** A network that is not well-formed: generator and shrinker try the next one. */
final class Invalid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
        super(message);
    }
}
