package qcc.tests.calibration;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import qcc.target.Installation;
import qcc.target.KernelRow;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tests.benchmark.BenchmarkModel;

/** {@code tests/calibrate}: what the kernels' work costs on a core, by counts of random layers in its emulator. */
@Command(name = "tests/calibrate", mixinStandardHelpOptions = true,
        description = "Counts random layers of every kernel of a target, and fits the prices of the kernels' work.")
public final class CalibrateCommand implements Callable<Integer> {
    private static final long FITTED_SEED = 1;
    private static final long HELD_SEED = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--target", paramLabel = "NAME", required = true, description = "whose kernels")
    private String name;

    @Option(names = "--kernel", paramLabel = "NAME", split = ",",
            description = "only these (default: all); `models` counts the models anew")
    private List<String> only = List.of();

    @Option(names = "--level", paramLabel = "FLAG", defaultValue = "-O2",
            description = "optimisation level of the C compiler (default: ${DEFAULT-VALUE}, the one of projects)")
    private String level;

    @Option(names = "--layers", paramLabel = "N", defaultValue = "120",
            description = "of each kernel, which the prices are fitted to, as to the layers of the benchmark's models "
                    + "(default: ${DEFAULT-VALUE}); a third as many more judge them")
    private int count;

    @Option(names = "--refit", description = "take the counts of the last run, which are in tests/target/calibration")
    private boolean refit;

    @Option(names = "--details", description = "show the layers whose estimate errs by more than 10 %%")
    private boolean details;

    @Option(names = "--write", description = "make the prices those of the target")
    private boolean write;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Target target = new Targets(Installation.find()).loadToMeasure(name);
        CountsFile file = new CountsFile(name + level);
        List<String> lines = new ArrayList<>();
        if (!refit && (only.isEmpty() || only.contains(CountsFile.MODELS))) {
            file.put(BenchmarkModel.all().stream().filter(BenchmarkModel::present)
                    .flatMap(model -> new Measurement(target, level).count(model).stream()).toList(), CountsFile.MODELS);
        }
        for (KernelRow row : rows(target)) {
            if (!refit) {
                file.put(measured(target, row), row.name());
            }
            List<Counted> counts = file.of(row.name());
            if (row.work().isEmpty() || counts.isEmpty()) {
                out.println(row.name() + ": " + counts.size() + " layers, and no terms of work to fit");
                continue;
            }
            Calibration calibration = new Calibration(row, counts);
            out.println(calibration.summary());
            if (details) {
                calibration.beyond().forEach(out::println);
            }
            out.flush();
            lines.add(calibration.line());
        }
        lines.forEach(out::println);
        if (write) {
            CostsFile.of(name).write(lines);
        }
        out.flush();
        return 0;
    }

    private List<Counted> measured(Target target, KernelRow row) {
        Measurement measurement = new Measurement(target, level);
        List<Counted> counts = new ArrayList<>(
                measurement.count(row, new LayerSamples(FITTED_SEED).forKernel(row, count), Counted.Role.FITTED));
        counts.addAll(measurement.count(row, new LayerSamples(HELD_SEED).forKernel(row, count / 3), Counted.Role.HELD));
        return counts;
    }

    /** Each kernel once, whose operation there are samples of. */
    private Collection<KernelRow> rows(Target target) {
        Map<String, KernelRow> rows = new LinkedHashMap<>();
        LayerSamples samples = new LayerSamples(FITTED_SEED);
        target.kernels().stream().filter(row -> samples.has(row.operation()))
                .filter(row -> only.isEmpty() || only.contains(row.name()))
                .forEach(row -> rows.putIfAbsent(row.name(), row));
        return rows.values();
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CalibrateCommand()).execute(arguments));
    }
}
