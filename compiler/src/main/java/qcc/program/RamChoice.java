package qcc.program;

import java.util.List;
import java.util.Locale;

/**
 * The arenas between which the planner chose: less RAM for more instructions.
 *
 * @param options the fastest first; each needs less RAM than those before it
 * @param taken   index of the one that was taken
 */
public record RamChoice(List<Option> options, int taken) {
    public RamChoice {
        options = List.copyOf(options);
    }

    /** False when there is only one. */
    public boolean hasAlternatives() {
        return options.size() > 1;
    }

    /**
     * An arena.
     *
     * @param bytes   of RAM
     * @param streams groups of layers that compute their rows in turn
     * @param percent of the instructions that this costs beside the fastest one, estimated
     */
    public record Option(long bytes, int streams, double percent) {
        /** What it costs in words. */
        public String cost() {
            return streams == 0 ? "no streams" : String.format(Locale.ROOT, "%d stream%s, about %.1f %% more instructions",
                    streams, streams == 1 ? "" : "s", percent);
        }
    }
}
