package qcc.driver;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import qcc.budget.Amount;
import qcc.budget.Budget;
import qcc.budget.Metric;

/**
 * What a firmware needs, as far as its target lets it be measured.
 *
 * @param profile   instructions and stack of a run; absent where the target has no counter
 * @param footprint flash and RAM; absent where the target limits neither, or its compiler is missing
 */
public record Cost(Optional<ProfileReport> profile, Optional<Footprint> footprint) {

    /**
     * Builds and runs what is needed to measure.
     *
     * @param limit wall-clock time for one run of the emulator
     */
    public static Cost measure(Project project, Duration limit) {
        if (project.counter().isEmpty()) {
            return new Cost(Optional.empty(), Footprint.measure(project));
        }
        ProfileReport profile = new Profiler(project, limit).run();
        return new Cost(Optional.of(profile), profile.footprint());
    }

    /** What it costs, in the form in which it is limited. */
    public Budget asBudget() {
        Map<Metric, Amount> amounts = new EnumMap<>(Metric.class);
        footprint.ifPresent(f -> {
            amounts.put(Metric.FLASH, new Amount(f.flashBytes(), f.symbols()));
            amounts.put(Metric.RAM, new Amount(f.ramBytes(), f.variables()));
            f.stackBytes().ifPresent(bytes -> amounts.put(Metric.STACK, new Amount(bytes, Map.of())));
        });
        profile.ifPresent(p -> amounts.put(Metric.INSTRUCTIONS, new Amount(p.instructions(), p.layers().stream()
                .collect(Collectors.toMap(layer -> layer.step().name(), ProfileReport.Layer::instructions)))));
        return new Budget(footprint.map(Footprint::compiler).orElse(""), amounts);
    }

    /** Instructions of one run. */
    public Optional<Long> instructions() {
        return profile.map(ProfileReport::instructions);
    }

    /** What {@link #instructions()} counts in truth: {@code cycles} where the emulator has a model of them. */
    public String counterUnit() {
        return profile.map(ProfileReport::counterUnit).orElse("instructions");
    }

    public Optional<Long> flashBytes() {
        return footprint.map(Footprint::flashBytes);
    }

    /** RAM of all variables, without the stack. */
    public Optional<Long> ramBytes() {
        return footprint.map(Footprint::ramBytes);
    }

    /** The bound of the stack of one run. */
    public Optional<Long> stackBytes() {
        return footprint.flatMap(Footprint::stackBytes);
    }
}
