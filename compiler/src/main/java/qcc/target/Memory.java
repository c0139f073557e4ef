package qcc.target;

/**
 * A region of a target's memory.
 *
 * @param origin first address, as the description writes it
 * @param text   the size as the description writes it, for the linker
 * @param bytes  the size
 */
public record Memory(String origin, String text, long bytes) {
}
