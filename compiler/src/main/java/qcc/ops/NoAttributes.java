package qcc.ops;

/** For operators without arguments. */
public record NoAttributes() {
}
