package qcc.tests.fuzz;

/**
 * What came of one network.
 *
 * @param kind      of the outcome
 * @param signature what failed, without details that change when the network shrinks
 * @param message   for a person
 */
record Outcome(Kind kind, String signature, String message) {

    /** Whether the network says something against the compiler. */
    enum Kind {
        /** All comparisons agree. */
        PASSED,
        /** The compiler declined it with a message that a user may see for such a network. */
        REFUSED,
        FAILED
    }

    static final Outcome PASSED = new Outcome(Kind.PASSED, "", "");

    static Outcome refused(String signature, String message) {
        return new Outcome(Kind.REFUSED, signature, message);
    }

    static Outcome failed(String signature, String message) {
        return new Outcome(Kind.FAILED, signature, message);
    }

    boolean failed() {
        return kind == Kind.FAILED;
    }

    /** True when both failed for the same reason. */
    boolean sameFailure(Outcome other) {
        return failed() && other.failed() && signature.equals(other.signature);
    }
}
