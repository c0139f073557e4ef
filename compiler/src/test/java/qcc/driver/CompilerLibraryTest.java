package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.emulator.Command;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.emulator.Tools;

/** What gcc's library pushes, added up from its disassembly: everything in a function, whatever path it takes. */
class CompilerLibraryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern FUNCTION = Pattern.compile("[0-9a-f]+ <(.*)>:");
    private static final Pattern PUSH = Pattern.compile("(?:push|stmdb\\ssp!,|stmfd\\ssp!,)\\s*\\{(.*)}");
    private static final Pattern MOVE = Pattern.compile("sub(?:\\.w)?\\s(?:sp, )?sp, #(\\d+)|\\[sp, #-(\\d+)]!");
    private static final Pattern CALL = Pattern.compile("\\sb[a-z.]*\\s[0-9a-f]+ <([^+>]+)>");

    @TempDir
    private Path folder;

    private String run(String... words) {
        ProcessResult result = ProcessRunner.run(Command.of(LIMIT, words).in(folder).mergingStderr());
        assertThat(result.exitCode()).as(result.stdout()).isZero();
        return result.stdout();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cortex-m0", "cortex-m23", "cortex-m3", "cortex-m4", "cortex-m55"})
    void functionsPushNoMoreThanTheTableSays(String core) throws IOException {
        for (String program : List.of("arm-none-eabi-gcc", "arm-none-eabi-objdump")) {
            assumeTrue(Tools.system().locate(program).isPresent(), program + " is not installed");
        }
        StringBuilder source = new StringBuilder("void *volatile sink;\nvoid __aeabi_nothing(void) {}\n");
        for (String function : CompilerLibrary.STACK.keySet()) {
            source.append("void ").append(function).append("(void);\n");
        }
        source.append("int main(void) {\n");
        for (String function : CompilerLibrary.STACK.keySet()) {
            source.append("    sink = (void *)").append(function).append(";\n");
        }
        Files.writeString(folder.resolve("all.c"), source.append("    return 0;\n}\n"));
        run("arm-none-eabi-gcc", "-mcpu=" + core + (core.endsWith("55") ? "+nofp" : ""), "-mthumb", "-nostartfiles",
                "-Wl,-e,main", "all.c", "-o", "all.elf");

        Map<String, Integer> pushed = new HashMap<>();
        Map<String, List<String>> calls = new HashMap<>();
        String function = "";
        for (String line : run("arm-none-eabi-objdump", "-d", "--no-show-raw-insn", "all.elf").lines().toList()) {
            Matcher name = FUNCTION.matcher(line);
            Matcher push = PUSH.matcher(line);
            Matcher move = MOVE.matcher(line);
            Matcher call = CALL.matcher(line);
            if (name.matches()) {
                function = name.group(1);
            } else if (push.find()) {
                pushed.merge(function, 4 * push.group(1).split(",").length, Integer::sum);
            } else if (move.find()) {
                pushed.merge(function, Integer.parseInt(move.group(1) != null ? move.group(1) : move.group(2)),
                        Integer::sum);
            } else if (call.find() && !call.group(1).equals(function)) {
                calls.computeIfAbsent(function, f -> new ArrayList<>()).add(call.group(1));
            }
        }
        String symbols = run("arm-none-eabi-nm", "all.elf");
        for (Map.Entry<String, Long> entry : CompilerLibrary.STACK.entrySet()) {
            assertThat(worst(sameAddress(symbols, entry.getKey(), pushed, calls), pushed, calls)).as(entry.getKey())
                    .isLessThanOrEqualTo(entry.getValue().intValue());
        }
    }

    private static int worst(String function, Map<String, Integer> pushed, Map<String, List<String>> calls) {
        return pushed.getOrDefault(function, 0) + calls.getOrDefault(function, List.of()).stream()
                .mapToInt(callee -> worst(callee, pushed, calls)).max().orElse(0);
    }

    /** The name by which the disassembly knows a function: several names may stand for one address. */
    private static String sameAddress(String symbols, String name, Map<String, Integer> pushed,
            Map<String, List<String>> calls) {
        String address = symbols.lines().filter(line -> line.endsWith(" " + name)).findFirst().orElseThrow()
                .substring(0, 8);
        return symbols.lines().filter(line -> line.startsWith(address)).map(line -> line.substring(11))
                .filter(other -> pushed.containsKey(other) || calls.containsKey(other)).findFirst().orElse(name);
    }
}
