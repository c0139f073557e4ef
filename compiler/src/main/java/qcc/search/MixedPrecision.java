package qcc.search;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import qcc.driver.Compilation;
import qcc.driver.Footprint;
import qcc.driver.ProfileReport;
import qcc.driver.Profiler;
import qcc.driver.Project;
import qcc.program.Step;
import qcc.quant.LayerBits;
import qcc.target.Installation;
import qcc.target.Target;

/**
 * Bits for the weights of each layer, under a budget. First every layer is given fewer bits alone, and the error of the
 * results and the layer's cost are measured. An integer linear program over these picks bits for all layers. What they
 * may cost together is the budget without the code, which differs with the kernels that a choice needs: the program is
 * solved for the code of every firmware that was built, and its solutions are built in turn. In the end, single layers
 * of the best one get more bits as long as it still fits.
 */
public final class MixedPrecision {
    /** The bits that flash is packed with; others take as much as the next ones of these. */
    public static final List<Integer> BITS = List.of(8, 4, 2);

    /** What is worth waiting for. */
    public static final int DEFAULT_BUILDS = 24;

    private final Compilation exact;
    private final Compilation sketch;
    private final Compilation optimised;
    private final Target target;
    private final Installation installation;
    private final BitBudget budget;
    private final int maxBuilds;
    private final Duration emulatorLimit;
    private final Consumer<String> progress;
    private final long deadline;
    private final ResultError results;
    private final List<Candidate> tried = new ArrayList<>();
    private boolean stopped;

    /**
     * Everything that a search is told.
     *
     * @param samples       to measure errors on; at most as many as calibrate the network
     * @param builds        of firmware, beside the uniform ones: half of them solutions, the rest their neighbours
     * @param limit         after which no further firmware is tried; the best one so far is the result
     * @param emulatorLimit for one run of an emulator
     */
    public record Settings(BitBudget budget, int samples, int builds, Duration limit, Duration emulatorLimit) {
    }

    /**
     * @param exact     the model without clean-up, in which every layer can be found
     * @param optimised the same model as it is compiled
     * @param progress  told what is being done
     */
    public MixedPrecision(Compilation exact, Compilation optimised, Target target, Installation installation,
            Settings settings, Consumer<String> progress) {
        this.exact = exact;
        this.sketch = exact.withSamples(settings.samples());
        this.optimised = optimised;
        this.target = target;
        this.installation = installation;
        this.budget = settings.budget();
        this.maxBuilds = settings.builds();
        this.emulatorLimit = settings.emulatorLimit();
        this.progress = progress;
        this.deadline = System.nanoTime() + settings.limit().toNanos();
        this.results = new ResultError(exact, exact.samples().first(settings.samples()));
    }

    /**
     * What a search has found.
     *
     * @param options of each layer
     * @param tried   everything that was built
     * @param best    of what keeps the budget
     * @param stopped whether time was over before all had been tried
     */
    public record Outcome(List<LayerOption> options, List<Candidate> tried, Optional<Candidate> best, boolean stopped) {
        public Outcome {
            options = List.copyOf(options);
            tried = List.copyOf(tried);
        }
    }

    /** Runs the search; needs the target's compiler, and its emulator if instructions count. */
    public Outcome run() {
        List<String> layers = LayerBits.layers(exact.model().graph());
        Map<Integer, Measured> uniform = new LinkedHashMap<>();
        for (int bits : BITS) {
            progress.accept("building with " + bits + " bits everywhere");
            uniform.put(bits, measure(uniformBits(layers, bits)));
        }
        List<LayerOption> options = sensitivity(layers, uniform);
        solve(options, new ArrayDeque<>(uniform.values()));
        best().ifPresent(candidate -> improve(options, candidate));
        return new Outcome(options, tried, best(), stopped);
    }

    /** Solves the linear program for the code of each firmware, those of the solutions too. */
    private void solve(List<LayerOption> options, Deque<Measured> bases) {
        while (!bases.isEmpty() && mayBuild(maxBuilds / 2)) {
            Measured base = bases.removeFirst();
            Optional<Map<String, Integer>> chosen = Selection.choose(options,
                    left(budget.flashBytes().orElse(Long.MAX_VALUE), base.expense().flashBytes(),
                            sum(options, base.bits(), true)),
                    left(budget.instructions().orElse(Long.MAX_VALUE), base.expense().instructions(),
                            sum(options, base.bits(), false)));
            if (chosen.isPresent() && isNew(chosen.get())) {
                progress.accept("building choice " + (tried.size() - BITS.size() + 1));
                bases.addLast(measure(chosen.get()));
            }
        }
    }

    /** More bits for single layers, those first that gain most, as long as the firmware fits and errs less. */
    private void improve(List<LayerOption> options, Candidate start) {
        Candidate best = start;
        List<LayerOption> gains = options.stream()
                .sorted(Comparator.comparingDouble((LayerOption option) -> -gain(options, option))).toList();
        for (LayerOption gain : gains) {
            Map<String, Integer> raised = new LinkedHashMap<>(best.bits());
            raised.merge(gain.layer(), more(gain.bits()), Math::max);
            boolean isStep = best.bits().get(gain.layer()) == gain.bits() && more(gain.bits()) > gain.bits();
            if (isStep && offers(options, gain.layer(), more(gain.bits())) && isNew(raised) && mayBuild(maxBuilds)) {
                progress.accept("building with more bits for " + gain.layer());
                measure(raised);
                best = best().orElseThrow();
            }
        }
    }

    /** What a layer's error falls by when it gets the next larger number of bits. */
    private static double gain(List<LayerOption> options, LayerOption option) {
        return options.stream().filter(o -> o.layer().equals(option.layer()) && o.bits() == more(option.bits()))
                .mapToDouble(o -> option.error() - o.error()).findFirst().orElse(0);
    }

    private static boolean offers(List<LayerOption> options, String layer, int bits) {
        return options.stream().anyMatch(o -> o.layer().equals(layer) && o.bits() == bits);
    }

    /** The next larger number of bits. */
    private static int more(int bits) {
        return BITS.get(Math.max(0, BITS.indexOf(bits) - 1));
    }

    private boolean mayBuild(int builds) {
        boolean late = System.nanoTime() > deadline;
        stopped |= late;
        return tried.size() < builds + BITS.size() && !late;
    }

    private boolean isNew(Map<String, Integer> bits) {
        return tried.stream().noneMatch(candidate -> candidate.bits().equals(bits));
    }

    /** The candidate of least error that keeps the budget. */
    private Optional<Candidate> best() {
        return tried.stream().filter(candidate -> budget.admits(candidate.expense()))
                .min(Comparator.comparingDouble(Candidate::error)
                        .thenComparing(candidate -> candidate.expense().flashBytes()));
    }

    /** What the options may cost when all else costs as much as it did in a firmware that was measured. */
    private static long left(long budget, long measured, long ofOptions) {
        return budget == Long.MAX_VALUE ? budget : budget - (measured - ofOptions);
    }

    private static long sum(List<LayerOption> options, Map<String, Integer> bits, boolean flash) {
        return options.stream().filter(option -> bits.get(option.layer()) == option.bits())
                .mapToLong(option -> flash ? option.flashBytes() : option.instructions()).sum();
    }

    private static Map<String, Integer> uniformBits(List<String> layers, int bits) {
        Map<String, Integer> all = new LinkedHashMap<>();
        layers.forEach(layer -> all.put(layer, bits));
        return all;
    }

    /** A firmware that was built, and the cost of its layers. */
    private record Measured(Map<String, Integer> bits, Project project, Expense expense,
            Map<String, Long> instructions) {
    }

    private Measured measure(Map<String, Integer> bits) {
        Project project = Project.of(optimised.withBits(bits), target, installation);
        Optional<Footprint> footprint = Footprint.measure(project);
        Map<String, Long> instructions = new LinkedHashMap<>();
        long all = 0;
        if (budget.instructions().isPresent()) {
            ProfileReport report = new Profiler(project, emulatorLimit).run();
            report.layers().forEach(layer -> instructions.put(layer.step().name(), layer.instructions()));
            all = report.instructions();
        }
        Expense expense = new Expense(
                footprint.map(Footprint::flashBytes).orElse((long) project.program().constantBytes()),
                footprint.map(Footprint::ramBytes).orElse((long) project.program().arenaBytes()), all);
        ResultError.Score score = results.score(exact.withBits(bits));
        tried.add(new Candidate(bits, expense, score.error(), score.agreement()));
        return new Measured(bits, project, expense, instructions);
    }

    /**
     * Every layer with every number of bits, all others having the most; those that break the RAM budget are left out.
     * For the differences between layers, few samples are enough.
     */
    private List<LayerOption> sensitivity(List<String> layers, Map<Integer, Measured> uniform) {
        progress.accept("measuring " + layers.size() + " layers with fewer bits");
        double least = results.score(sketch.withBits(uniformBits(layers, BITS.get(0)))).error();
        return layers.stream().flatMap(layer -> BITS.stream().map(bits -> Map.entry(layer, bits))).parallel()
                .filter(choice -> isMost(choice.getValue()) || fitsRam(choice.getKey(), choice.getValue()))
                .map(choice -> option(choice.getKey(), choice.getValue(), least, uniform.get(choice.getValue())))
                .toList();
    }

    private LayerOption option(String layer, int bits, double least, Measured uniform) {
        double error = isMost(bits) ? 0
                : Math.max(0, results.score(sketch.withBits(Map.of(layer, bits))).error() - least);
        return new LayerOption(layer, bits, error, flash(uniform.project(), layer),
                uniform.instructions().getOrDefault(layer, 0L));
    }

    private static boolean isMost(int bits) {
        return bits == BITS.get(0);
    }

    private boolean fitsRam(String layer, int bits) {
        return budget.ramBytes().isEmpty() || Project.of(optimised.withBits(Map.of(layer, bits)), target, installation)
                .program().arenaBytes() <= budget.ramBytes().getAsLong();
    }

    private static long flash(Project project, String layer) {
        return project.program().steps().stream().filter(step -> step.name().equals(layer)).findFirst()
                .map((Step step) -> (long) project.program().constantBytes(step)).orElse(0L);
    }
}
