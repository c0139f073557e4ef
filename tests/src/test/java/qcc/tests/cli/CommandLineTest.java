package qcc.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.cli.Qcc;
import qcc.diagnostics.Code;
import qcc.driver.PassTable;
import qcc.ops.Operators;

/**
 * What the commands print, and their exit codes. Longer texts stand in {@code tests/golden/cli};
 * {@code -Dqcc.bless=true} rewrites them, to be reviewed as a diff.
 */
class CommandLineTest {
    private static final Path HOME = Path.of(System.getProperty("qcc.home"));
    private static final Path GOLDEN = HOME.resolve("tests/golden/cli");
    private static final Path SMALL = GOLDEN.resolve("small.qdsl");
    private static final Path DIGITS = HOME.resolve("tests/models/digits/digits.qdsl");

    @TempDir
    private Path temporary;

    private record Run(int exitCode, String out, String err) {
    }

    /** Words in one text; {@code SMALL} and {@code DIGITS} stand for the models. */
    private static Run qcc(String words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] arguments = Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty())
                .map(word -> word.equals("SMALL") ? SMALL.toString() : word.equals("DIGITS") ? DIGITS.toString() : word)
                .toArray(String[]::new);
        int code = Qcc.execute(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void assertGolden(String name, String actual) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        if (Boolean.getBoolean("qcc.bless")) {
            String old = Files.exists(file) ? Files.readString(file) : "";
            Files.writeString(file, actual);
            assertThat(actual).isEqualTo(old);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "compile", "verify", "profile", "eval", "budget", "search", "ci-init", "ops",
        "targets", "explain"})
    void everyCommandHasItsHelp(String command) throws IOException {
        Run run = qcc(command + " --help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertGolden("help" + (command.isEmpty() ? "" : "-" + command), run.out());
    }

    @Test
    void withoutWordsItHelps() {
        assertThat(qcc("")).isEqualTo(qcc("--help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ast", "graph", "integer", "plan"})
    void everyStageCanBeSeen(String stage) throws IOException {
        Run run = qcc("SMALL --target host --emit=" + stage);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertGolden("small-" + stage, run.out());
        assertThat(qcc("SMALL --target host --emit=" + stage)).isEqualTo(run);
    }

    @ParameterizedTest
    @CsvSource({"ast, model digits(", "graph, batch_norm", "integer, conv2d", "plan, arena",
        "c, void digits_run(void)"})
    void everyStageOfARealModelCanBeSeen(String stage, String part) {
        Run run = qcc("compile DIGITS --emit " + stage.toUpperCase(Locale.ROOT));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(part);
    }

    @Test
    void theGraphAfterAPassIsPrintedOnce() throws IOException {
        Run run = qcc("SMALL --target host --no-build --emit ast --dump-after fold-batch-norm");
        assertThat(run.out()).isEqualTo(qcc("SMALL --emit ast").out());
        Run compiled = qcc("SMALL --target host --no-build --dump-after fold-batch-norm -o "
                + temporary.resolve("out"));
        assertThat(compiled.exitCode()).isZero();
        assertGolden("small-after-fold-batch-norm", compiled.out().substring(0, compiled.out().indexOf("small for ")));
    }

    @Test
    void everyPassIsTimed() {
        Run run = qcc("SMALL --emit integer --time-passes");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines()).hasSize(PassTable.names().size())
                .allSatisfy(line -> assertThat(line).matches(" *[0-9]+\\.[0-9] ms  [a-z-]+"));
        assertThat(run.err().lines().map(line -> line.replaceAll(".* ", ""))).isEqualTo(PassTable.names());
    }

    /** Neither colours nor a line of progress where nobody looks, whatever it takes. */
    @Test
    void isQuietWhereNobodyLooks() throws IOException {
        Files.writeString(temporary.resolve("m.qdsl"), "model m(x: [4]) -> y {\n    y = x |> relu\n}\n");
        Run run = qcc("verify --target host --samples 4 " + temporary.resolve("m.qdsl"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out() + run.err()).doesNotContain("\u001B", "\r");
        assertThat(run.err()).startsWith("warning[W504]: ").endsWith("\n1 warning\n");
        assertThat(run.out()).contains("bit-exact");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "explan; qcc: there is no command or model `explan`; did you mean `explain`?",
        "nothing; qcc: there is no command or model `nothing`",
        "compile; qcc: Missing required parameter: 'MODEL'",
        "verify --target host; qcc: Missing required parameter: 'MODEL'",
        "SMALL --taget host; qcc: Unknown options: '--taget', 'host'",
        "SMALL --emit=asm; qcc: Invalid value for option '--emit':",
        "SMALL --dump-after calibrat; qcc: there is no pass `calibrat`; did you mean `calibrate`?",
        "SMALL --dump-after xyz; qcc: there is no pass `xyz`; the passes are remove-dead-code, fold-batch-norm,",
        "verify SMALL --samples some; qcc: Invalid value for option '--samples': 'some' is not an int",
        "verify SMALL --samples 0; qcc: --samples and --time-limit must be at least 1",
        "eval SMALL; qcc: Missing required option: '--data=FILE'",
        "ops conv; qcc: there is no operator `conv`",
        "ops conv2; qcc: there is no operator `conv2`; did you mean `conv2d`?",
        "explain E3O6; qcc: there is no code `E3O6`; did you mean E306?",
        "SMALL --target cortex-m44; error[E701]: there is no target `cortex-m44`"})
    void aWrongCommandLineGetsALine(String words, String answer) {
        Run run = qcc(words);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith(answer);
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(5);
    }

    @Test
    void theListsAreComplete() {
        assertThat(qcc("ops").out().lines().map(line -> line.split(" ")[0]).toList())
                .containsExactlyInAnyOrderElementsOf(Operators.names());
        assertThat(qcc("explain").out().lines().map(line -> line.split(" ")[0]).toList())
                .isEqualTo(Arrays.stream(Code.values()).map(Code::name).toList());
        assertThat(qcc("targets").out()).contains("cortex-m4 ", "host ");
    }

    @Test
    void everyOperatorAndCodeIsExplained() {
        for (String name : Operators.names()) {
            assertThat(qcc("ops " + name).out()).startsWith(name + ": ").contains("examples");
        }
        for (Code code : Code.values()) {
            assertThat(qcc("explain " + code.name().toLowerCase(Locale.ROOT)).out())
                    .startsWith(code + ": " + code.title() + "\n\n").hasSizeGreaterThan(70);
        }
    }

    @Test
    void theVersionIsToldInOneLine() {
        assertThat(qcc("--version").out()).matches(Pattern.compile("qcc [0-9.]+\\R"));
    }

    /** Who compiles twice gets the same files, and hears nothing of changes. */
    @Test
    void compilesTwiceIntoTheSameFolder() throws IOException {
        Path out = temporary.resolve("out");
        Run first = qcc("SMALL --target host --no-build -o " + out);
        assertThat(first.exitCode()).isZero();
        Files.writeString(out.resolve("main.c"), "/* mine */\n");
        Run second = qcc("SMALL --target host --no-build -o " + out);
        assertThat(second.out()).contains("kept   your changes in " + out.resolve("main.c.edited") + "\n");
        assertThat(Files.readString(out.resolve("main.c.edited"))).isEqualTo("/* mine */\n");
        assertThat(List.of(second.exitCode(), qcc("SMALL --target host --no-build -o " + out).exitCode()))
                .containsOnly(0);
    }
}
