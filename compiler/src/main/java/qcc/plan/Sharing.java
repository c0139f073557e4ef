package qcc.plan;

/**
 * Why a value has no storage of its own.
 *
 * @param reason  what makes it safe
 * @param valueId the value whose storage it takes
 */
public record Sharing(Reason reason, int valueId) {

    /** What makes it safe that two values have one place. */
    public enum Reason {
        /** Both are the same bytes; both may be read at any time. */
        VIEW,
        /** The operation overwrites an input that nobody needs afterwards. */
        IN_PLACE
    }
}
