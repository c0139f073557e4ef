package qcc.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import qcc.budget.Budget;
import qcc.budget.BudgetCheck;
import qcc.budget.BudgetFile;
import qcc.driver.Compilation;
import qcc.driver.Cost;
import qcc.driver.Project;
import qcc.emulator.Tools;
import qcc.target.Installation;

/** {@code qcc budget}: what a firmware may cost. */
@Command(name = "budget", mixinStandardHelpOptions = true, subcommands = BudgetCommand.Update.class,
        description = {"Keeps what a firmware may cost in a file beside the model.",
            "`qcc verify MODEL --budget FILE` fails where it costs a byte or an instruction more, and says where that "
                    + "comes from."})
final class BudgetCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Override
    public Integer call() {
        parent.terminal().err().println("qcc: say what to do: qcc budget update MODEL");
        return ExitCode.USAGE;
    }

    /** {@code qcc budget update}: from now on it may cost what it costs today. */
    @Command(name = "update", mixinStandardHelpOptions = true,
            description = "Measures the firmware and writes its flash, RAM, stack and instructions to the file.")
    static final class Update implements Callable<Integer> {
        @ParentCommand
        private BudgetCommand parent;

        @Mixin
        private ModelOptions model;

        @Option(names = "--file", paramLabel = "FILE", defaultValue = "budget.yaml",
                description = "the budget file; other models and targets in it stay (default: ${DEFAULT-VALUE})")
        private Path file;

        @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "600",
                description = "for one run of the emulator (default: ${DEFAULT-VALUE})")
        private int timeLimit;

        @Override
        public Integer call() {
            Terminal terminal = parent.parent.terminal();
            if (timeLimit < 1) {
                terminal.err().println("qcc: --time-limit must be at least 1");
                return ExitCode.USAGE;
            }
            ReportFile.requireFolders(file);
            BudgetFile budgets = BudgetFile.readOrNew(file);
            Compilation compilation = model.compilation();
            Project project;
            Budget now;
            try (Progress progress = new Progress(terminal, "compiling " + model.model())) {
                Installation installation = Installation.find();
                project = Project.of(compilation, model.target(installation), installation);
                progress.now("measuring on " + project.emulator().describe());
                now = Cost.measure(project, Duration.ofSeconds(timeLimit)).asBudget();
            }
            terminal.report(compilation.warnings());
            if (now.amounts().isEmpty()) {
                Tools.system().find(project.target().compiler());
                Tools.system().find("make");
                terminal.err().println("qcc: the target " + model.target()
                        + " limits no memory and has no counter of instructions: nothing can be measured");
                return ExitCode.USAGE;
            }
            String name = project.program().name();
            Optional<Budget> before = budgets.find(name, model.target());
            budgets.put(name, model.target(), now);
            budgets.write();
            terminal.print(BudgetTable.text(BudgetCheck.of(file.toString(), before.orElse(now), now)));
            return ExitCode.OK;
        }
    }
}
