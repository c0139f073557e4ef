package qcc.driver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import qcc.budget.BudgetCheck;
import qcc.program.Step;

/**
 * All that {@code qcc verify} says, in whatever form: what ran where, on which inputs, whether it was right, and what it
 * costs.
 *
 * @param report the comparison with the reference
 * @param inputs what it was run on
 * @param cost   flash, RAM, stack and instructions
 * @param budget what that comes to; absent where nobody asked
 */
public record VerificationSummary(VerificationReport report, InputMix inputs, Cost cost,
        Optional<BudgetCheck> budget) {

    /**
     * A layer.
     *
     * @param differing    number of inputs for which it differs from the reference
     * @param instructions of one run, where they can be counted
     * @param flashBytes   of its constants
     */
    public record Layer(Step step, int differing, Optional<Long> instructions, int flashBytes) {
    }

    /** In order of execution. */
    public List<Layer> layers() {
        List<Layer> layers = new ArrayList<>();
        for (Step step : report.project().program().steps()) {
            layers.add(new Layer(step, report.differing().get(step.index()),
                    cost.profile().map(profile -> profile.layers().get(step.index()).instructions()),
                    report.project().program().constantBytes(step)));
        }
        return layers;
    }

    /** What is true of the firmware as a whole, by name, in words; the same in every format. */
    public Map<String, String> properties() {
        Environment environment = report.environment();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("target", environment.target());
        properties.put("board", environment.board());
        properties.put("emulator", environment.emulator());
        properties.put("compiler", environment.compiler());
        properties.put("flags", environment.flags());
        properties.put("inputs", inputs.count() + ": " + inputs.text());
        cost.instructions().ifPresent(count -> properties.put(cost.counterUnit(), number(count)));
        cost.flashBytes().ifPresent(bytes -> properties.put("flash", number(bytes) + " bytes"));
        cost.ramBytes().ifPresent(bytes -> properties.put("ram", number(bytes) + " bytes"));
        cost.footprint().ifPresent(footprint -> properties.put("stack", footprint.stackText()));
        return properties;
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
