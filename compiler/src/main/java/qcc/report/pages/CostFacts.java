package qcc.report.pages;

import java.util.Locale;
import java.util.Optional;
import qcc.driver.Cost;
import qcc.driver.Environment;
import qcc.driver.Footprint;
import qcc.program.Program;
import qcc.report.Facts;
import qcc.report.Numbers;
import qcc.target.Memory;
import qcc.target.Target;

/** What several pages say about a firmware as a whole. */
final class CostFacts {
    private CostFacts() {
    }

    /** What is counted, as the heading of a column. */
    static String heading(Cost cost) {
        String unit = cost.counterUnit();
        return unit.substring(0, 1).toUpperCase(Locale.ROOT) + unit.substring(1);
    }

    /** Instructions, flash, RAM and stack, beside what the target has. */
    static Facts of(Program program, Target target, Cost cost) {
        Facts facts = new Facts();
        facts.add(heading(cost) + " in one run", number(cost.instructions()),
                cost.instructions().filter(n -> program.macs() > 0)
                        .map(n -> Numbers.decimal((double) n / program.macs()) + " for each of "
                                + Numbers.count(program.macs()) + " MACs").orElse(""));
        facts.add("Flash, bytes", number(cost.flashBytes()), Numbers.count(program.constantBytes())
                + " of them constants" + share(cost.flashBytes(), target.flash()));
        facts.add("RAM, bytes", number(cost.ramBytes()), Numbers.count(program.arenaBytes())
                + " of them the arena" + share(cost.ramBytes(), target.ram()));
        facts.add("Stack, bytes", number(cost.stackBytes()),
                cost.footprint().map(Footprint::stackText).orElse("not known on this target"));
        return facts;
    }

    /** Where the firmware ran, and what built it. */
    static Facts of(Environment environment) {
        return new Facts().add("Target", environment.target(), environment.board())
                .add("Emulator", environment.emulator())
                .add("Compiler", environment.compiler(), environment.flags());
    }

    private static String number(Optional<Long> value) {
        return value.map(Numbers::count).orElse("not measured");
    }

    private static String share(Optional<Long> bytes, Optional<Memory> memory) {
        return bytes.flatMap(used -> memory.map(m -> "; " + Numbers.percent((double) used / m.bytes()) + " of "
                + Numbers.count(m.bytes()))).orElse("");
    }
}
