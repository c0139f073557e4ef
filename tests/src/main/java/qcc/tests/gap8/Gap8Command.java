package qcc.tests.gap8;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import qcc.driver.Compilation;
import qcc.driver.VerificationReport;
import qcc.tensor.IntTensor;

/** {@code tests/gap8}: the table. Exit code 1 where a layer is not exact, or a network is slower than is accepted. */
@Command(name = "tests/gap8", mixinStandardHelpOptions = true, description = {
    "Verifies networks for GAP-8, every layer bit for bit, in the simulator with 1, 2, 4 and 8 cores and in QEMU in "
            + "portable C and with XpulpV2, and says how fast they are.",
    "Cycles are the simulator's, with data that starts and ends in L2; emulator/README.md says what it does not model."})
public final class Gap8Command implements Callable<Integer> {
    private static final String ROW = "%-24s %-16s %5s %6s %6s  %-9s %12s %9s %9s%n";

    @Spec
    private CommandSpec spec;

    @Option(names = "--samples", paramLabel = "N", description = "at most so many inputs of each model (default: all)")
    private int samples = Integer.MAX_VALUE;

    @Option(names = "--model", paramLabel = "NAME", split = ",", description = "only these (default: all)")
    private List<String> models = List.of();

    @Option(names = "--target", paramLabel = "NAME", split = ",", description = "only these (default: all)")
    private List<String> targets = List.of();

    @Option(names = "--cores", paramLabel = "N", split = ",", description = "only so many (default: 1, 2, 4 and 8)")
    private List<Integer> cores = List.of();

    private int trials;
    private int wrong;
    private int slow;
    private int absent;

    @Override
    public Integer call() {
        if (samples < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--samples must be at least 1");
        }
        List<Machine> machines = Machine.all().stream()
                .filter(machine -> targets.isEmpty() || targets.contains(machine.target()))
                .filter(machine -> cores.isEmpty() || cores.contains(machine.cores())).toList();
        List<AcceptedModel> chosen = AcceptedModel.all().stream()
                .filter(model -> models.isEmpty() || models.contains(model.model().name())).toList();
        if (machines.isEmpty() || chosen.isEmpty()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "nothing to verify: there are the models "
                    + AcceptedModel.all().stream().map(model -> model.model().name()).toList() + " and the machines "
                    + Machine.all());
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(ROW, "model", "target", "cores", "layers", "inputs", "", "cycles", "MAC/cycle", "speed-up");
        for (AcceptedModel model : chosen) {
            if (model.model().present()) {
                verify(out, model, machines);
            } else {
                absent++;
                out.println(model.name() + ": left out, " + model.model().file() + " is absent");
            }
        }
        out.printf(Locale.ROOT, "%d of %d bit-exact at every layer; %d goals of speed missed; %d models left out%n",
                trials - wrong, trials, slow, absent);
        out.flush();
        return wrong + slow + absent == 0 ? 0 : 1;
    }

    private void verify(PrintWriter out, AcceptedModel model, List<Machine> machines) {
        Compilation compilation = model.compilation();
        List<List<IntTensor>> inputs = model.inputs(compilation, samples);
        OptionalLong one = OptionalLong.empty();
        for (Machine machine : machines) {
            Trial trial = Trial.of(compilation, machine);
            VerificationReport report = trial.verify(inputs);
            OptionalLong cycles = trial.cycles();
            Optional<Double> macs = cycles.stream().mapToObj(trial::macsPerCycle).findFirst();
            Optional<Double> times = one.stream().mapToObj(slow -> cycles.stream().mapToObj(fast -> (double) slow / fast))
                    .flatMap(Function.identity()).findFirst();
            trials++;
            out.printf(Locale.ROOT, ROW, model.name(), machine.target(), machine.cores(), report.differing().size(),
                    report.samples(), report.bitExact() ? "bit-exact" : "NOT EQUAL",
                    cycles.isPresent() ? String.format(Locale.ROOT, "%,d", cycles.getAsLong()) : "-", text(macs),
                    text(times));
            report.mismatch().ifPresent(mismatch -> {
                wrong++;
                out.println("  " + mismatch.describe());
            });
            if (machine.hasAllCores() && macs.isPresent()) {
                for (Goals.Result result : model.goals().compare(macs.get(), times)) {
                    out.println("  " + result);
                    slow += result.missed() ? 1 : 0;
                }
            }
            one = machine.hasOneCore() ? cycles : one;
            out.flush();
        }
    }

    private static String text(Optional<Double> number) {
        return number.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("-");
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Gap8Command()).execute(arguments));
    }
}
