package qcc.tests.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import qcc.driver.Profiler;
import qcc.driver.Project;
import qcc.model.Goal;
import qcc.program.LayerFacts;
import qcc.program.Program;
import qcc.program.ProgramBuilder;
import qcc.target.Installation;
import qcc.target.KernelRow;
import qcc.target.Target;
import qcc.tests.benchmark.BenchmarkModel;

/** Counts layers that one kernel computes, some of them in each firmware. */
final class Measurement {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int MOST_LAYERS = 24;
    private static final int MOST_BYTES = 160 * 1024;

    private final Target target;
    private final String level;

    /**
     * @param level of optimisation, an option of the C compiler
     */
    Measurement(Target target, String level) {
        this.target = target;
        this.level = level;
    }

    /** In the order of the samples. */
    List<Counted> count(KernelRow row, List<LayerSample> samples, Counted.Role role) {
        List<Counted> counts = new ArrayList<>();
        List<LayerSample> batch = new ArrayList<>();
        for (LayerSample sample : samples) {
            int bytes = batch.stream().mapToInt(LayerSample::bytes).sum() + sample.bytes();
            if (!batch.isEmpty() && (batch.size() == MOST_LAYERS || bytes > MOST_BYTES)) {
                counts.addAll(run(row, batch, role));
                batch.clear();
            }
            batch.add(sample);
        }
        counts.addAll(run(row, batch, role));
        return counts;
    }

    /** All layers of a model. */
    List<Counted> count(BenchmarkModel model) {
        return count(Project.of(model.compilation(), target, Installation.find()), Counted.Role.MODEL);
    }

    private List<Counted> run(KernelRow row, List<LayerSample> samples, Counted.Role role) {
        Target only = target.withKernels(List.of(row));
        Program program = ProgramBuilder.build(SampleNetwork.of(samples), only, Goal.BALANCED);
        return count(Project.of(program, only, List.of(), Installation.find()), role).stream()
                .filter(count -> !count.kernel().equals("constant")).toList();
    }

    private List<Counted> count(Project project, Counted.Role role) {
        return new Profiler(project, LIMIT).countLayers(level).stream().map(layer -> new Counted(
                layer.step().kernel().name(), role, LayerFacts.of(layer.step()), layer.instructions())).toList();
    }
}
