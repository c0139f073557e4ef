package qcc.program;

import java.util.Locale;

/** What happens to the inputs of a network. */
public enum InputUse {
    /** The application writes them before every run; their space is used again during the run. */
    CONSUMED,
    /** They are still there after a run, at the cost of RAM. */
    PRESERVED,
    /** They are never there as a whole: a function of the application supplies their rows while the network runs. */
    ROWS;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
