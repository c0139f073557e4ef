package qcc.tests.fuzz;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import qcc.emulator.Emulators;
import qcc.emulator.Tools;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;
import qcc.tests.InstalledTools;

/** Programs that some machines lack. */
final class Requirements {
    private Requirements() {
    }

    /** Skips the test, with the reason, when the compiler or emulator of a target is not installed. */
    static void assumeToolsOf(String name) {
        Target target = new Targets(Installation.find()).load(name);
        InstalledTools.require(target.compiler(), "make");
        assumeTrue(target.emulators().stream().anyMatch(line -> Emulators.of(line, Tools.system()).isInstalled()),
                "none of " + target.emulators() + " is installed");
    }
}
