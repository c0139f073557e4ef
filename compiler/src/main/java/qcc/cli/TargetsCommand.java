package qcc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;

/** {@code qcc targets}: lists the targets, from their folders. */
@Command(name = "targets", mixinStandardHelpOptions = true, description = "Lists the targets.")
final class TargetsCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Override
    public Integer call() {
        Targets targets = new Targets(Installation.find());
        for (String name : targets.names()) {
            Target target = targets.load(name);
            parent.terminal().print(String.format("%-14s %s; runs on: %s%n", name, target.description(),
                    String.join(" or ", target.emulators())));
        }
        return ExitCode.OK;
    }
}
