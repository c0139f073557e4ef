package qcc.tests.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import qcc.ci.QccSource;
import qcc.cli.Qcc;
import qcc.tests.InstalledTools;

/** The files of {@code qcc ci-init}, run step by step in a folder that holds a model and nothing else. */
class CiInitTest {
    private static final String URL = "https://example.org/qcc.git";
    private static final List<String> REPORTS = List.of("cortex-m4-qemu.html", "cortex-m4-qemu.xml");

    @TempDir
    private Path temporary;
    private Path repository;

    @BeforeEach
    void prepare() throws IOException {
        repository = Files.createDirectories(temporary.resolve("my repository"));
        Files.createDirectories(repository.resolve("nets"));
        Files.writeString(repository.resolve("nets/it's a model.qdsl"), """
                model m(x: [4] in [-1, 1]) -> y {
                    y = x |> dense(3) as fc |> sigmoid
                }

                parameters random(1)

                quantize {
                    calibrate random(1)
                }
                """);
    }

    private String qcc(int code, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Qcc.execute(stream, stream, words)).as(() -> out.toString(StandardCharsets.UTF_8)).isEqualTo(code);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String ciInit(int code, String... more) {
        List<String> words = new ArrayList<>(List.of("ci-init", repository.resolve("nets/it's a model.qdsl").toString(),
                "-o", repository.toString()));
        words.addAll(List.of(more));
        return qcc(code, words.toArray(String[]::new));
    }

    private void writeBudget() {
        InstalledTools.require("arm-none-eabi-gcc", "make", "qemu-system-arm", "bash", "dpkg-query");
        qcc(0, "budget", "update", repository.resolve("nets/it's a model.qdsl").toString(), "--file",
                repository.resolve("budget.yaml").toString());
    }

    /** Allows one instruction less. */
    private void tightenBudget() throws IOException {
        Path file = repository.resolve("budget.yaml");
        String text = Files.readString(file);
        int from = text.indexOf("total: ", text.indexOf("instructions:")) + "total: ".length();
        int to = text.indexOf('\n', from);
        Files.writeString(file, text.substring(0, from) + (Long.parseLong(text.substring(from, to)) - 1)
                + text.substring(to));
    }

    private Map<?, ?> yaml(String file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(repository.resolve(file)));
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    /** Runs every step; gives the names of those that failed. A step of a kind that is not known here is an error. */
    private List<String> runGithub(Runner runner, List<String> reports) throws IOException {
        Map<?, ?> job = map(map(yaml(".github/workflows/qcc.yml").get("jobs")).get("verify"));
        List<String> failed = new ArrayList<>();
        for (Object element : (List<?>) job.get("steps")) {
            Map<?, ?> step = map(element);
            String name = (String) step.get("name");
            assertThat(Set.<Object>of("name", "uses", "with", "run", "if")).as(name).containsAll(step.keySet());
            assertThat(step.get("if")).as(name).isIn(null, "always()", "${{ !cancelled() }}");
            if (!failed.isEmpty() && !step.containsKey("if")) {
                continue;
            }
            if (step.containsKey("run")) {
                if (runner.run((String) step.get("run")) != 0) {
                    failed.add(name);
                }
            } else if (step.get("uses").toString().startsWith("actions/upload-artifact@")) {
                assertThat(runner.files((String) map(step.get("with")).get("path"))).isEqualTo(reports);
            } else {
                assertThat(step.get("uses").toString()).startsWith("actions/checkout@");
                assertThat(repository.resolve("nets")).isDirectory();
            }
        }
        return failed;
    }

    @Test
    void theGithubWorkflowVerifiesAndFailsOnARegression() throws IOException {
        ciInit(0, "--qcc", URL, "--provider", "github", "--emulator", "qemu");
        writeBudget();
        Runner runner = new Runner(temporary, repository);
        assertThat(runGithub(runner, REPORTS)).as(() -> runner.log().toString()).isEmpty();
        assertThat(runner.log()).anyMatch(text -> text.contains("bit-exact") && text.contains("budget budget.yaml"));
        assertThat(Files.readString(repository.resolve("qcc-reports/cortex-m4-qemu.xml"))).contains("failures=\"0\"");

        tightenBudget();
        Runner again = new Runner(temporary, repository);
        assertThat(runGithub(again, REPORTS)).containsExactly("Verify on cortex-m4 in qemu");
        assertThat(again.log()).anyMatch(text -> text.contains("+1  EXCEEDED") && text.contains("E707"));
        assertThat(Files.readString(repository.resolve("qcc-reports/cortex-m4-qemu.xml"))).contains("failures=\"1\"");
    }

    @Test
    void theGitlabPipelineVerifiesAndFailsOnARegression() throws IOException {
        ciInit(0, "--qcc", URL, "--provider", "gitlab", "--emulator", "qemu");
        writeBudget();
        Map<?, ?> pipeline = yaml(".gitlab-ci.yml");
        assertThat(pipeline.keySet()).isEqualTo(Set.of("default", "variables", "firmware on cortex-m4 in qemu"));
        Map<?, ?> job = map(pipeline.get("firmware on cortex-m4 in qemu"));
        StringBuilder script = new StringBuilder();
        for (Object part : List.of(map(pipeline.get("default")).get("before_script"), job.get("script"))) {
            ((List<?>) part).forEach(line -> script.append(line).append('\n'));
        }
        Runner runner = new Runner(temporary, repository);
        assertThat(runner.run(script.toString())).as(() -> runner.log().toString()).isZero();
        assertThat(runner.files((String) ((List<?>) map(job.get("artifacts")).get("paths")).get(0))).isEqualTo(REPORTS);
        assertThat(map(map(job.get("artifacts")).get("reports")).get("junit")).isEqualTo("qcc-reports/*.xml");

        tightenBudget();
        assertThat(new Runner(temporary, repository).run(script.toString())).isEqualTo(5);
    }

    @Test
    void severalTargetsHaveARunEach() throws IOException {
        ciInit(0, "--emulator", "qemu", "--qcc", URL, "--target", "cortex-m4,cortex-m0", "--budget", "ci/limits.yaml", "--qcc-ref", "v1");
        assertThat(yaml(".gitlab-ci.yml").keySet()).isEqualTo(Set.of("default", "variables", "firmware on cortex-m4 in qemu",
                "firmware on cortex-m0 in qemu"));
        assertThat(Files.readString(repository.resolve(".github/workflows/qcc.yml")))
                .contains("--target cortex-m4 --emulator qemu --budget ci/limits.yaml", "--target cortex-m0 --emulator qemu --budget ci/limits.yaml",
                        "git clone --depth 1 --branch v1 " + URL + " \"$HOME/qcc\"",
                        "'nets/it'\\''s a model.qdsl'");
    }

    /** Both emulators by default; Renode is fetched, unless it is there. */
    @Test
    void renodeIsFetchedWhereItIsWanted() throws IOException {
        ciInit(0, "--qcc", URL);
        assertThat(yaml(".gitlab-ci.yml").keySet()).isEqualTo(Set.of("default", "variables",
                "firmware on cortex-m4 in qemu", "firmware on cortex-m4 in renode"));
        assertThat(Files.readString(repository.resolve(".github/workflows/qcc.yml")))
                .containsPattern("command -v renode \\|\\| curl .*/renode-[0-9.]+linux-portable-dotnet.tar.gz \\| tar ")
                .contains("libicu-dev", "--emulator renode --budget budget.yaml");
        assertThat(ciInit(2, "--qcc", URL, "--force", "--emulator", "spike")).contains("error[E701]",
                "`cortex-m4` does not run in spike", "it runs in qemu or renode");
    }

    /** One run that compares them, instead of one each. */
    @Test
    void allEmulatorsGoIntoOneReport() throws IOException {
        ciInit(0, "--qcc", URL, "--emulator", "all", "--target", "cortex-m4,mps3-an547");
        assertThat(yaml(".gitlab-ci.yml").keySet()).isEqualTo(Set.of("default", "variables",
                "firmware on cortex-m4 in all emulators", "firmware on mps3-an547 in all emulators"));
        assertThat(Files.readString(repository.resolve(".github/workflows/qcc.yml"))).contains("command -v renode",
                "--emulator all --budget budget.yaml --junit qcc-reports/cortex-m4-all.xml --html");
        ciInit(0, "--qcc", URL, "--force", "--emulator", "all", "--target", "mps3-an547");
        assertThat(Files.readString(repository.resolve(".gitlab-ci.yml"))).doesNotContain("renode");
    }

    /** The workflow runs with whatever is installed. */
    @Test
    void theGithubWorkflowComparesEmulators() throws IOException {
        ciInit(0, "--qcc", URL, "--provider", "github", "--emulator", "all", "--target", "cortex-m55");
        InstalledTools.require("arm-none-eabi-gcc", "make", "qemu-system-arm", "bash", "dpkg-query");
        qcc(0, "budget", "update", repository.resolve("nets/it's a model.qdsl").toString(), "--file",
                repository.resolve("budget.yaml").toString(), "--target", "cortex-m55");
        Runner runner = new Runner(temporary, repository);
        assertThat(runGithub(runner, List.of("cortex-m55-all.html", "cortex-m55-all.xml")))
                .as(() -> runner.log().toString()).isEmpty();
        assertThat(Files.readString(repository.resolve("qcc-reports/cortex-m55-all.xml"))).contains("<testsuites>");
    }

    /** The workflow's own steps, where a Renode is installed. */
    @Test
    void theGithubWorkflowVerifiesInRenode() throws IOException {
        InstalledTools.require("renode");
        ciInit(0, "--qcc", URL, "--provider", "github", "--emulator", "renode");
        writeBudget();
        Runner runner = new Runner(temporary, repository);
        assertThat(runGithub(runner, List.of("cortex-m4-renode.html", "cortex-m4-renode.xml")))
                .as(() -> runner.log().toString()).isEmpty();
        assertThat(runner.log()).anyMatch(text -> text.contains("bit-exact") && text.contains("Renode"));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path file = Files.writeString(repository.resolve(".gitlab-ci.yml"), "mine");
        assertThat(ciInit(1, "--qcc", URL)).contains("error[E801]", "there is a file of this name", "--force");
        assertThat(file).hasContent("mine");
        assertThat(repository.resolve(".github")).doesNotExist();
        ciInit(0, "--qcc", URL, "--force");
        assertThat(file).content().startsWith("# Written by");
    }

    @Test
    void wrongPlacesAreTold() {
        assertThat(qcc(1, "ci-init", "/nowhere/m.qdsl", "-o", repository.toString(), "--qcc", URL))
                .contains("error[E401]", "does not lie in the repository");
        assertThat(qcc(1, "ci-init", repository.resolve("no.qdsl").toString(), "-o", repository.toString(), "--qcc",
                URL)).contains("error[E401]", "the file does not exist");
        assertThat(repository.resolve(".github")).doesNotExist();
    }

    /** A qcc that lies in the repository, as a submodule does, is used from there. */
    @Test
    void aQccInTheRepositoryIsUsed() {
        QccSource source = QccSource.folder(Path.of("third party/qcc"));
        assertThat(source.commands()).containsExactly("test -x 'third party/qcc/qcc'");
        assertThat(source.folder()).isEqualTo("\"$PWD\"/'third party/qcc'");
    }
}
