package qcc.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
import qcc.quant.LayerBits;
import qcc.target.Installation;
import qcc.target.Target;

/**
 * Bits for the weights of each layer, under a budget. First every layer is given fewer bits alone, and the error of the
 * results and the layer's cost are measured. An integer linear program over these picks bits for all layers. What the
 * code takes differs with the kernels that a choice needs; it is learned from every firmware that is built, and the
 * program is solved again, until what it finds has been built. Errors do not quite add up: in the end, neighbours of the
 * best choice are measured as they are, until none errs less.
 */
public final class MixedPrecision {
    /** Where a kernel has no use for some of them, they take as much flash as more bits, and are not considered. */
    public static final List<Integer> BITS = List.of(8, 6, 5, 4, 3, 2);

    /** What is worth waiting for. */
    public static final int DEFAULT_BUILDS = 24;
    /** Neighbours whose error is measured before one is taken. */
    private static final int NEIGHBOURS = 12;

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
    private final Map<Map<String, Integer>, ResultError.Score> scores = new HashMap<>();
    private final CodeCosts code = new CodeCosts();
    private Neighbours neighbours;
    private boolean stopped;

    /**
     * Everything that a search is told.
     *
     * @param samples       to measure errors on; at most as many as calibrate the network
     * @param builds        of firmware, beside the uniform ones: half of them solutions, the rest neighbours
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
        neighbours = new Neighbours(options);
        tried.forEach(this::learn);
        solve(options, uniform.get(BITS.get(0)));
        improve();
        return new Outcome(options, tried, best(), stopped);
    }

    /** A choice is made of options; a uniform one may have bits that are none. */
    private void learn(Candidate candidate) {
        List<LayerOption> chosen = neighbours.chosen(candidate.bits());
        if (chosen.size() == candidate.bits().size()) {
            code.learn(chosen, candidate.expense().flashBytes());
        }
    }

    /** Solves the linear program until its solution is known and keeps the budget. */
    private void solve(List<LayerOption> options, Measured first) {
        long flash = budget.flashBytes().orElse(Long.MAX_VALUE);
        long instructions = left(budget.instructions().orElse(Long.MAX_VALUE), first.expense().instructions(),
                neighbours.chosen(first.bits()).stream().mapToLong(LayerOption::instructions).sum());
        while (mayBuild(maxBuilds / 2)) {
            Optional<Map<String, Integer>> chosen = Selection.choose(options, code, flash, instructions);
            if (chosen.isEmpty()) {
                return;
            }
            if (isNew(chosen.get())) {
                build(chosen.get());
                continue;
            }
            Expense expense = known(chosen.get()).expense();
            if (budget.admits(expense)) {
                return;
            }
            flash -= Math.max(0, expense.flashBytes() - budget.flashBytes().orElse(Long.MAX_VALUE));
            instructions -= Math.max(0, expense.instructions() - budget.instructions().orElse(Long.MAX_VALUE));
        }
    }

    private Candidate known(Map<String, Integer> bits) {
        return tried.stream().filter(candidate -> candidate.bits().equals(bits)).findFirst().orElseThrow();
    }

    private Candidate build(Map<String, Integer> bits) {
        progress.accept("building choice " + (tried.size() - BITS.size() + 1));
        measure(bits);
        Candidate candidate = known(bits);
        learn(candidate);
        return candidate;
    }

    /** Goes from the best choice to the best of its neighbours, as long as there is one that fits and errs less. */
    private void improve() {
        Optional<Candidate> best = best();
        while (best.isPresent()) {
            Candidate from = best.get();
            List<Ranked> better = neighbours.of(from.bits()).stream()
                    .filter(bits -> isNew(bits) && fits(from, bits))
                    .limit(NEIGHBOURS).takeWhile(bits -> mayBuild(maxBuilds))
                    .map(bits -> new Ranked(bits, score(bits).error()))
                    .filter(ranked -> ranked.error() < from.error())
                    .sorted(Comparator.comparingDouble(Ranked::error)).toList();
            for (Ranked ranked : better) {
                if (best().equals(best) && mayBuild(maxBuilds) && fits(from, ranked.bits())) {
                    build(ranked.bits());
                }
            }
            best = best().filter(candidate -> !candidate.equals(from));
        }
    }

    /** Whether a choice should keep the budget, as far as it differs from one that was measured. */
    private boolean fits(Candidate from, Map<String, Integer> bits) {
        List<LayerOption> now = neighbours.chosen(from.bits());
        List<LayerOption> then = neighbours.chosen(bits);
        return budget.admits(new Expense(
                from.expense().flashBytes() + Math.round(code.flash(then) - code.flash(now)), from.expense().ramBytes(),
                from.expense().instructions() + then.stream().mapToLong(LayerOption::instructions).sum()
                        - now.stream().mapToLong(LayerOption::instructions).sum()));
    }

    /** A choice and its error over all samples. */
    private record Ranked(Map<String, Integer> bits, double error) {
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

    private static Map<String, Integer> uniformBits(List<String> layers, int bits) {
        Map<String, Integer> all = new LinkedHashMap<>();
        layers.forEach(layer -> all.put(layer, bits));
        return all;
    }

    /** A firmware that was built, and the cost of its layers. */
    private record Measured(Map<String, Integer> bits, Project project, Expense expense,
            Map<String, Long> instructions) {
    }

    private ResultError.Score score(Map<String, Integer> bits) {
        return scores.computeIfAbsent(bits, choice -> results.score(exact.withBits(choice)));
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
        ResultError.Score score = score(bits);
        tried.add(new Candidate(bits, expense, score.error(), score.agreement()));
        return new Measured(bits, project, expense, instructions);
    }

    /**
     * Every layer with every number of bits, all others having the most; those that save nothing, or break the RAM
     * budget, are left out.
     * For the differences between layers, few samples are enough.
     */
    private List<LayerOption> sensitivity(List<String> layers, Map<Integer, Measured> uniform) {
        progress.accept("measuring " + layers.size() + " layers with fewer bits");
        double least = results.score(sketch.withBits(uniformBits(layers, BITS.get(0)))).error();
        return layers.stream().flatMap(layer -> BITS.stream().map(bits -> Map.entry(layer, bits))).parallel()
                .filter(choice -> isMost(choice.getValue()) || saves(choice.getKey(), choice.getValue(), uniform)
                        && fitsRam(choice.getKey(), choice.getValue()))
                .map(choice -> option(choice.getKey(), choice.getValue(), least, uniform.get(choice.getValue())))
                .toList();
    }

    private LayerOption option(String layer, int bits, double least, Measured uniform) {
        double error = isMost(bits) ? 0
                : Math.max(0, results.score(sketch.withBits(Map.of(layer, bits))).error() - least);
        return LayerOption.of(layer, bits, error, uniform.project().program(),
                uniform.instructions().getOrDefault(layer, 0L));
    }

    /** Whether so many bits take less flash than the next larger number. */
    private static boolean saves(String layer, int bits, Map<Integer, Measured> uniform) {
        int more = BITS.get(BITS.indexOf(bits) - 1);
        return LayerOption.flashBytes(layer, uniform.get(bits).project().program())
                < LayerOption.flashBytes(layer, uniform.get(more).project().program());
    }

    private static boolean isMost(int bits) {
        return bits == BITS.get(0);
    }

    private boolean fitsRam(String layer, int bits) {
        return budget.ramBytes().isEmpty() || Project.of(optimised.withBits(Map.of(layer, bits)), target, installation)
                .program().arenaBytes() <= budget.ramBytes().getAsLong();
    }
}
