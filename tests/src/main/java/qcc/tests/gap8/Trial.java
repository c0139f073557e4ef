package qcc.tests.gap8;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import qcc.driver.Compilation;
import qcc.driver.Project;
import qcc.driver.Verification;
import qcc.driver.VerificationReport;
import qcc.driver.WholeRun;
import qcc.target.Installation;
import qcc.tensor.IntTensor;

/** One network on one machine. */
record Trial(Project project) {
    private static final Duration LIMIT = Duration.ofMinutes(20);

    static Trial of(Compilation compilation, Machine machine) {
        Installation installation = Installation.find();
        return new Trial(Project.of(compilation, machine.load(installation), installation));
    }

    VerificationReport verify(List<List<IntTensor>> inputs) {
        return new Verification(project, LIMIT, "").run(inputs);
    }

    /** Of one run; only the simulator counts them. */
    OptionalLong cycles() {
        return project.counter().isEmpty() ? OptionalLong.empty()
                : OptionalLong.of(WholeRun.measure(project, "", LIMIT).instructions());
    }

    /** Of the MACs that are executed: those of channels that no output depends on have been removed. */
    double macsPerCycle(long cycles) {
        return (double) project.program().macs() / cycles;
    }
}
