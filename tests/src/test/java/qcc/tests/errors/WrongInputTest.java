package qcc.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.diagnostics.Code;

/**
 * Wrong models, data and targets: each gives its golden message and exit code, and leaves every folder as it was.
 * {@code -Dqcc.bless=true} rewrites the messages, to be reviewed as a diff.
 */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class WrongInputTest {
    private static final int MIN_CASES = 50;
    /** Codes that no golden file can hold, and the test that provokes them. */
    private static final Map<Code, String> ELSEWHERE = Map.ofEntries(
            Map.entry(Code.W504, "CommandLineTest: a warning is no failure"),
            Map.entry(Code.W506, "how far a search gets in its time depends on the machine"),
            Map.entry(Code.W505, "MethodsTest: how far rounding gets in its time depends on the machine"),
            Map.entry(Code.E602, "MixedPrecisionTest: needs the target's compiler"),
            Map.entry(Code.E703, "BrokenToolsTest: needs a PATH without tools"),
            Map.entry(Code.E704, "BrokenToolsTest: the message quotes the C compiler"),
            Map.entry(Code.E705, "BrokenToolsTest: the message names the emulator's version"),
            Map.entry(Code.E706, "BrokenToolsTest: needs a kernel that is wrong"),
            Map.entry(Code.E707, "BudgetCommandTest: the table is on the standard output"),
            Map.entry(Code.E902, "RefusalsTest and OnnxErrorsTest: needs a TFLite or ONNX model"),
            Map.entry(Code.E903, "RefusalsTest and OnnxErrorsTest: needs a TFLite or ONNX model"),
            Map.entry(Code.E904, "OnnxErrorsTest: needs an ONNX model"));

    @TempDir
    private Path temporary;

    static List<WrongInput> cases() throws IOException {
        List<WrongInput> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CommandLineRun.home().resolve("tests/golden/errors"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".txt")).sorted().toList()) {
                cases.add(WrongInput.read(file));
            }
        }
        return cases;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void isExplainedAndHarmsNothing(WrongInput input) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("work"));
        input.prepare(folder);
        Path home = Files.isDirectory(folder.resolve("targets"))
                ? CommandLineRun.homeWith(temporary.resolve("home"), folder.resolve("targets"))
                : CommandLineRun.home();
        Map<String, String> before = content(folder);
        CommandLineRun run = CommandLineRun.of(folder, home, input.arguments());
        String answer = run.exitCode() + "\n" + run.err();
        if (Boolean.getBoolean("qcc.bless")) {
            Files.writeString(input.path(), input.withAnswer(answer));
        }
        assertThat(answer).isEqualTo(input.expected());
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ", "Exception", "qcc.driver.", temporary.toString());
        assertThat(content(folder)).as("files after the run").isEqualTo(before);
    }

    private static Map<String, String> content(Path folder) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                content.put(folder.relativize(path).toString(),
                        Files.isDirectory(path) ? "" : Arrays.hashCode(Files.readAllBytes(path)) + "");
            }
        }
        return content;
    }

    @Test
    void everyCodeIsProvoked() throws IOException {
        List<WrongInput> cases = cases();
        List<String> told = new ArrayList<>();
        for (WrongInput input : cases) {
            Matcher matcher = Pattern.compile("(?m)^(?:error|warning)\\[(\\w+)]").matcher(input.expected());
            while (matcher.find()) {
                told.add(matcher.group(1));
            }
        }
        List<String> silent = Arrays.stream(Code.values()).filter(code -> !ELSEWHERE.containsKey(code))
                .map(Code::name).filter(code -> !told.contains(code)).toList();
        assertThat(silent).as("codes without a golden file").isEmpty();
        assertThat(told).as("codes that need no excuse").doesNotContainAnyElementsOf(
                ELSEWHERE.keySet().stream().map(Code::name).toList());
        assertThat(cases).hasSizeGreaterThanOrEqualTo(MIN_CASES);
    }
}
