package qcc.gap8;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run ended and what it took.
 *
 * @param exitCode of the simulator: the firmware's, or that of the kind of stop
 * @param symbols  from the profile; empty without one
 */
record Report(int exitCode, Optional<Problem> problem, long cycles, List<CoreCounts> cores, long dmaTransfers,
              long dmaBytes, long dmaCycles, List<Profile.Entry> symbols) {

    /**
     * Why the machine stopped.
     *
     * @param place core, program counter and symbol; empty where no single core is to blame
     */
    record Problem(Stop.Kind kind, String reason, String place) {
    }

    /** What a core did; bank waits are among the active cycles. */
    record CoreCounts(String name, long instructions, long activeCycles, long bankWaits) {
    }

    Report {
        cores = List.copyOf(cores);
        symbols = List.copyOf(symbols);
    }

    static Report of(Machine machine, int exitCode, Optional<Problem> problem, List<Profile.Entry> symbols) {
        List<CoreCounts> cores = machine.present().stream().map(core -> new CoreCounts(core.name(),
                core.instructions(), core.activeCycles(), core.contention())).toList();
        // An instruction of the cycle in which the firmware ends is still counted.
        long cycles = machine.present().stream().filter(core -> !core.isAsleep()).mapToLong(Core::time)
                .reduce(machine.now(), Math::max);
        Dma dma = machine.dma();
        return new Report(exitCode, problem, cycles, cores, dma.finished(), dma.bytes(), dma.busyCycles(), symbols);
    }

    /** For a reader: the problem first, if there is one. */
    String text() {
        StringBuilder out = new StringBuilder();
        problem.ifPresent(found -> out.append(found.kind().title).append(": ").append(found.reason()).append('\n')
                .append(found.place().isEmpty() ? "" : "at " + found.place() + "\n"));
        line(out, "exit code %d after %d cycles", exitCode, cycles);
        line(out, "%-18s %14s %14s %14s %12s", "core", "instructions", "active cycles", "asleep", "bank waits");
        for (CoreCounts core : cores) {
            line(out, "%-18s %14d %14d %14d %12d", core.name(), core.instructions(), core.activeCycles(),
                    Math.max(0, cycles - core.activeCycles()), core.bankWaits());
        }
        line(out, "DMA: %d transfers ended; %d bytes in %d cycles", dmaTransfers, dmaBytes, dmaCycles);
        if (!symbols.isEmpty()) {
            line(out, "%14s %14s  %s", "instructions", "cycles", "symbol, on all cores");
            symbols.forEach(entry -> line(out, "%14d %14d  %s", entry.instructions(), entry.cycles(), entry.symbol()));
        }
        line(out, "Not modelled: instruction caches (a cold call comes out up to 20 %% low), L2 and DMA contention.");
        return out.toString();
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** The same as one JSON object. */
    String json() {
        StringBuilder out = new StringBuilder("{\n");
        line(out, "  \"exitCode\": %d,", exitCode);
        line(out, "  \"problem\": %s,", problem.map(found -> String.format(Locale.ROOT,
                "{\"kind\": %s, \"reason\": %s, \"place\": %s}", quoted(found.kind().title), quoted(found.reason()),
                quoted(found.place()))).orElse("null"));
        line(out, "  \"cycles\": %d,", cycles);
        line(out, "  \"cores\": [%s],", String.join(",", cores.stream().map(core -> String.format(Locale.ROOT,
                "\n    {\"name\": %s, \"instructions\": %d, \"activeCycles\": %d, \"bankWaits\": %d}",
                quoted(core.name()), core.instructions(), core.activeCycles(), core.bankWaits())).toList()));
        line(out, "  \"dma\": {\"transfers\": %d, \"bytes\": %d, \"cycles\": %d},", dmaTransfers, dmaBytes, dmaCycles);
        line(out, "  \"symbols\": [%s]", String.join(",", symbols.stream().map(entry -> String.format(Locale.ROOT,
                "\n    {\"symbol\": %s, \"instructions\": %d, \"cycles\": %d}", quoted(entry.symbol()),
                entry.instructions(), entry.cycles())).toList()));
        return out.append("}\n").toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
