package qcc.program;

import java.util.stream.Collectors;
import qcc.plan.MemoryPlan;

/** A program as text, for {@code --emit=plan}. */
public final class ProgramPrinter {
    private ProgramPrinter() {
    }

    public static String print(Program program) {
        StringBuilder out = new StringBuilder();
        out.append("program ").append(program.name()).append(": arena ").append(program.arenaBytes())
                .append(" bytes, constants ").append(program.constantBytes()).append(" bytes, ").append(program.macs())
                .append(" MACs\n\nsteps\n");
        for (Step step : program.steps()) {
            out.append("    ").append(step.index()).append("  ").append(step.name()).append(": qcc_")
                    .append(step.kernel().name()).append('(')
                    .append(step.inputs().stream().map(ProgramPrinter::place).collect(Collectors.joining(", ")))
                    .append(") -> ").append(place(step.output()));
            step.scratch().ifPresent(offset -> out.append(", scratch at ").append(offset));
            step.tile().ifPresent(tile -> out.append(", tiles of ").append(tile.rows()).append(" x ")
                    .append(tile.channels()).append(" in ").append(tile.bytes()).append(" bytes, ").append(tile.lanes())
                    .append(" lanes, ").append(tile.cycles()).append(" cycles"));
            out.append('\n');
        }
        out.append("\narena\n");
        for (MemoryPlan.Storage storage : program.memory().storages()) {
            out.append("    ").append(storage.offset()).append(" + ").append(storage.bytes()).append("  ")
                    .append(storage.values().stream().map(v -> v.value().name()).collect(Collectors.joining(", ")))
                    .append("  (").append(storage.lifetime()).append(")\n");
        }
        if (program.choice().hasAlternatives()) {
            out.append("\nram against instructions\n");
            for (RamChoice.Option option : program.choice().options()) {
                boolean taken = program.choice().options().indexOf(option) == program.choice().taken();
                out.append("    ").append(option.bytes()).append(" bytes: ").append(option.cost())
                        .append(taken ? " (taken)\n" : "\n");
            }
        }
        out.append("\nconstants\n");
        for (ConstantArray array : program.constants()) {
            out.append("    ").append(array.symbol()).append(": ").append(array.content().type().spelling())
                    .append('[').append(array.content().data().size()).append("]\n");
        }
        return out.toString();
    }

    private static String place(Place place) {
        return place.value().name() + " at " + place.offset();
    }
}
