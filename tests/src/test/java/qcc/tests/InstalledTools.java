package qcc.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import qcc.emulator.Tools;

/** Programs that some machines lack. */
public final class InstalledTools {
    private InstalledTools() {
    }

    /** Skips the test, and says why, where a tool is not installed. */
    public static void require(String... tools) {
        for (String tool : tools) {
            assumeTrue(Tools.system().locate(tool).isPresent(), tool + " is not installed");
        }
    }

    /** What it takes to build firmware for Arm cores and to run it in QEMU. */
    public static void requireArm() {
        require("arm-none-eabi-gcc", "make", "qemu-system-arm");
    }
}
