package qcc.diagnostics;

import java.util.Optional;

/**
 * One thing to tell the user.
 *
 * @param code    stable code, see {@code qcc explain}
 * @param span    where in the model it is
 * @param message what is wrong here
 * @param reason  why that is wrong, when the message alone does not say it
 * @param help    what the user can do about it
 */
public record Diagnostic(Code code, Span span, String message, Optional<String> reason, Optional<String> help) {

    public static Diagnostic of(Code code, Span span, String message) {
        return new Diagnostic(code, span, message, Optional.empty(), Optional.empty());
    }

    public Diagnostic because(String text) {
        return new Diagnostic(code, span, message, Optional.of(text), help);
    }

    public Diagnostic help(String text) {
        return new Diagnostic(code, span, message, reason, Optional.of(text));
    }

    public Severity severity() {
        return code.severity();
    }
}
