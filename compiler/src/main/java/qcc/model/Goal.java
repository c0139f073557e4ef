package qcc.model;

import java.util.Locale;

/** What the choices that change no result aim at: kernels, shared code, the compiler's optimisation level. */
public enum Goal {
    /** The fewest instructions; flash and RAM count only as far as the target has them. */
    SPEED,
    /** Both: one per cent more flash has to save two per cent of the instructions. */
    BALANCED,
    /** The least flash. */
    SIZE;

    public static final Goal DEFAULT = BALANCED;

    /** As QDSL and the command line write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
