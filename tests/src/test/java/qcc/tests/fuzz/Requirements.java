package qcc.tests.fuzz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import qcc.emulator.Emulators;
import qcc.emulator.Tools;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;

/** Programs that some machines lack. */
final class Requirements {
    private Requirements() {
    }

    /** Skips the test, with the reason, when the compiler or emulator of a target is not installed. */
    static void assumeToolsOf(String name) {
        Target target = new Targets(Installation.find()).load(name);
        List<String> programs = List.of(target.compiler(), "make");
        programs.forEach(program -> assumeTrue(Tools.system().locate(program).isPresent(),
                program + " is not installed"));
        assumeTrue(target.emulators().stream().anyMatch(line -> Emulators.of(line, Tools.system()).isInstalled()),
                "none of " + target.emulators() + " is installed");
    }
}
