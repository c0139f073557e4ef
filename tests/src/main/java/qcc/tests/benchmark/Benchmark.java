package qcc.tests.benchmark;

import java.time.Duration;
import qcc.driver.Compilation;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.driver.WholeRun;
import qcc.target.Installation;
import qcc.target.Targets;

/** Measures one model on one target at one optimisation level of the C compiler. */
final class Benchmark {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final BenchmarkModel model;
    private final Variant variant;
    private final Compilation compilation;
    private final Project project;
    private final long compileMillis;

    Benchmark(BenchmarkModel model, String target, Variant variant) {
        this.model = model;
        this.variant = variant;
        Installation installation = Installation.find();
        long start = System.nanoTime();
        compilation = variant.compilation(model);
        project = Project.of(compilation, new Targets(installation).load(target), installation);
        compileMillis = (System.nanoTime() - start) / 1_000_000;
    }

    /** What qcc took from the model's file to the project's files. */
    long compileMillis() {
        return compileMillis;
    }

    WholeRun measure(String level) {
        return WholeRun.measure(project, level, LIMIT);
    }

    /** On how many vectors every layer was exact; fails on the first that is not. */
    int verify(String level) {
        VerificationReport report = new Verification(project, LIMIT, level).run(model.inputs(compilation, variant));
        report.mismatch().ifPresent(mismatch -> {
            throw new IllegalStateException(model.name() + " for " + project.target().name() + " " + level
                    + " is wrong: " + mismatch);
        });
        return report.samples();
    }
}
