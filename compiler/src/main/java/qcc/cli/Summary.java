package qcc.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import qcc.diagnostics.Span;
import qcc.driver.Footprint;
import qcc.driver.Project;
import qcc.program.InputUse;
import qcc.program.Program;
import qcc.program.RamChoice;
import qcc.program.Savings;

/** What a compilation says about memory. */
final class Summary {
    private Summary() {
    }

    static String of(Project project, Optional<Footprint> footprint) {
        Program program = project.program();
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%s for %s: %d layers, %,d MACs%n", program.name(),
                project.target().name(), program.steps().size(), program.macs()));
        String peak = program.peak().node()
                .map(node -> ", most needed by `" + node.name() + "`" + line(node.span())).orElse("");
        out.append(String.format(Locale.ROOT, "RAM    %,d bytes of arena%s%n", program.arenaBytes(), peak));
        Savings savings = program.savings();
        if (savings.overlaps() + savings.streams() > 0) {
            out.append(String.format(Locale.ROOT, "saved  %,d bytes by overlaps, %,d by computing rows in turn%n",
                    savings.overlaps(), savings.streams()));
        }
        if (program.choice().hasAlternatives()) {
            out.append("choice ").append(choice(program.choice())).append('\n');
        }
        if (program.options().inputs() == InputUse.ROWS) {
            out.append(String.format(Locale.ROOT, "inputs row by row, which %s %,d bytes%n",
                    savings.rows() < 0 ? "costs" : "saves", Math.abs(savings.rows())));
        }
        out.append(String.format(Locale.ROOT, "flash  %,d bytes of weights and tables%n", program.constantBytes()));
        footprint.ifPresent(f -> out.append(String.format(Locale.ROOT,
                "built  %,d bytes of flash and %,d of RAM in all (%s)%nstack  %s%n",
                f.flashBytes(), f.ramBytes(), f.compiler(), f.stackText())));
        return out.toString();
    }

    /** The fastest arena, the smallest, and those around the one that was taken. */
    private static String choice(RamChoice choice) {
        List<String> words = new ArrayList<>();
        int last = choice.options().size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i == 0 || i == last || Math.abs(i - choice.taken()) <= 1) {
                RamChoice.Option option = choice.options().get(i);
                words.add(String.format(Locale.ROOT, i == 0 ? "%,d bytes" : words.size() == 1
                        ? "%,d for %.1f %% more instructions (estimated)" : "%,d for %.1f %%", option.bytes(),
                        option.percent()) + (i == choice.taken() ? ", taken" : ""));
            }
        }
        return String.join("; ", words);
    }

    /** Where a layer stands; files that are no text have no lines. */
    private static String line(Span span) {
        return span.isWholeFile() ? "" : " (line " + span.line() + ")";
    }
}
