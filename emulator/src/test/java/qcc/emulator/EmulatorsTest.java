package qcc.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorsTest {
    private static final Tools NONE = Tools.of(Map.of());

    @Test
    void readsQemuWithMachineAndOptions() {
        assertThat(Emulators.of(" qemu-system-riscv32 -M virt  -bios none", NONE))
                .isEqualTo(new Qemu(NONE, "qemu-system-riscv32", "virt", List.of("-bios", "none")));
    }

    @Test
    void readsNative() {
        Emulator emulator = Emulators.of("native", NONE);

        assertThat(emulator).isEqualTo(new NativeHost());
        assertThat(emulator.describe()).contains(System.getProperty("os.arch"));
    }

    @Test
    void readsTheSimulatorOfGap8() {
        Emulator emulator = Emulators.of("gap8 --cores 1", NONE);

        assertThat(emulator).isEqualTo(new Gap8Simulator(List.of("--cores", "1")));
        assertThat(emulator.isInstalled()).isTrue();
        assertThat(emulator.shellPrefix()).startsWith("java -cp $(or $(QCC_EMULATOR_JAR),")
                .endsWith(" qcc.gap8.Main --quiet --cores 1");
        RunResult result = emulator.run(Path.of("none.elf"), Path.of(""), Duration.ofSeconds(60));
        assertThat(result.exitCode()).isEqualTo(120);
        assertThat(result.diagnostics()).contains("there is no such file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "spim", "native fast", "qemu-system-arm", "qemu-system-arm -M",
        "qemu-system-arm -cpu x"})
    void refusesOtherLines(String line) {
        assertThatThrownBy(() -> Emulators.of(line, NONE)).isInstanceOf(IllegalArgumentException.class)
                .message().contains("`");
    }

    @Test
    void namesTheKnownOnes() {
        assertThatThrownBy(() -> Emulators.of("spim", NONE))
                .hasMessage("unknown emulator `spim`; known are gap8, gvsoc, native, qemu-system-arm, qemu-system-riscv32, renode");
    }

    /** GAP SDK and PULP SDK keep their rules in different folders; a variable that leads nowhere is passed over. */
    @Test
    void gvsocIsThereWhereAVariableLeadsToAnSdk(@TempDir Path folder) throws IOException {
        Path rules = Files.createDirectories(folder.resolve("tools/rules"));
        Map<String, String> environment = Map.of("RULES_DIR", "", "GAP_SDK_HOME", folder.toString(),
                "PULP_SDK_HOME", folder.toString());
        assertThat(Emulators.of("gvsoc", Tools.of(environment)).isInstalled()).isFalse();

        Files.createFile(rules.resolve("pmsis_rules.mk"));
        Emulator gvsoc = Emulators.of("gvsoc", Tools.of(environment));
        assertThat(gvsoc.isInstalled()).isTrue();
        assertThat(gvsoc.describe()).isEqualTo("GVSOC, by the SDK with the rules in " + rules);
    }

    @Test
    void missingEmulatorIsToldWhenItIsNeeded() {
        Emulator emulator = Emulators.of("qemu-system-arm -M mps2-an386", NONE);

        assertThatThrownBy(emulator::describe).isInstanceOf(ToolMissing.class);
        assertThatThrownBy(() -> emulator.run(Path.of("x.elf"), Path.of(""), Duration.ofSeconds(1)))
                .isInstanceOf(ToolMissing.class);
    }
}
