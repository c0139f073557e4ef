package qcc.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import qcc.emulator.Tools;
import qcc.tests.InstalledTools;
import qcc.tests.errors.QccProcess;
import qcc.tests.fuzz.BrokenInstallation;

/**
 * {@code qcc verify --emulator all}: one report of several emulators. A script stands in for Renode that takes the same
 * commands and runs the firmware in QEMU; where there is a real Renode, that is asked, too.
 */
class AllEmulatorsTest {
    private static final String STAND_IN = """
            #!/bin/sh
            case "$*" in
                --version) echo 'Renode vVERSION'; exit ;;
                *--robot-server-port*) exit 1 ;;
            esac
            for word in "$@"; do
                case $word in
                    'sysbus LoadELF @'*) elf=${word#*@} ;;
                    qcc_attach*) rest=${word#*\\"} folder=${rest%%\\"*} rest=${rest#*\\" \\"} text=${rest%\\"} ;;
                esac
            done
            cd "$folder" || exit 1
            qemu-system-arm -M mps2-an386 -nographic -monitor none -serial none -icount shift=8 \\
                -chardev stdio,id=qcc,mux=on,signal=off \\
                -semihosting-config enable=on,target=native,chardev=qcc -kernel "$elf" </dev/null >"$text"
            echo "$? 0" >"$text.end"
            """;
    @TempDir
    private Path temporary;
    private Path folder;

    @BeforeEach
    void prepare() throws IOException {
        InstalledTools.requireArm();
        folder = Files.createDirectories(temporary.resolve("work"));
        SmallModel.write(folder);
    }

    private String standIn(String version) throws IOException {
        Path script = Files.writeString(temporary.resolve("renode"), STAND_IN.replace("VERSION", version));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }

    private QccProcess verify(int code, Map<String, String> environment, String... more) throws IOException {
        QccProcess run = QccProcess.run(folder, environment, Stream.concat(Stream.of("verify", "m.qdsl", "--samples",
                "6", "--emulator", "all"), Stream.of(more)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.error() + run.output()).isEqualTo(code);
        assertThat(run.leftOver()).isEmpty();
        return run;
    }

    private void everyFormatNamesBoth(String renode, String version) throws Exception {
        QccProcess run = verify(0, Map.of("RENODE", renode), "--json", "--junit", "r.xml", "--html", "r.html");
        Map<?, ?> json = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(run.output());
        List<?> runs = (List<?>) json.get("runs");
        assertThat(runs).hasSize(2).allMatch(one -> Boolean.TRUE.equals(((Map<?, ?>) one).get("bit_exact")));
        assertThat(runs.stream().map(one -> ((Map<?, ?>) one).get("emulator").toString()))
                .satisfiesExactly(first -> assertThat(first).startsWith("QEMU"),
                        second -> assertThat(second).startsWith("Renode v" + version));
        assertThat(json.get("same_instructions")).isEqualTo(true);

        Document junit = parse("r.xml");
        assertThat(junit.getDocumentElement().getTagName()).isEqualTo("testsuites");
        NodeList suites = junit.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(2);
        assertThat(suites.item(1).getAttributes().getNamedItem("name").getTextContent())
                .isEqualTo("qcc verify m on cortex-m4 in renode");
        assertThat(parse("r.html").getDocumentElement().getTextContent()).contains("qemu and renode count the same",
                "Layers in qemu", "Layers in renode", "bit-exact");
    }

    @Test
    void oneProfileNamesBoth() throws Exception {
        QccProcess run = QccProcess.run(folder, Map.of("RENODE", standIn("1.16.1")), "profile", "m.qdsl", "--emulator", "all",
                "--json");
        assertThat(run.exitCode()).as(run.error() + run.output()).isZero();
        Map<?, ?> json = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(run.output());
        assertThat((List<?>) json.get("runs")).hasSize(2).extracting(one -> ((Map<?, ?>) one).get("instructions"))
                .allMatch(count -> count.equals(((Map<?, ?>) ((List<?>) json.get("runs")).get(0)).get("instructions")));
        assertThat(json.get("same_instructions")).isEqualTo(true);
        Files.writeString(folder.resolve("earlier.json"), run.output());
        QccProcess again = QccProcess.run(folder, Map.of(), "profile", "m.qdsl", "--compare", "earlier.json");
        assertThat(again.exitCode()).as(again.error()).isZero();
        assertThat(again.output()).doesNotContain("%)");
    }

    private Document parse(String name) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(folder.resolve(name).toFile());
    }

    @Test
    void oneReportNamesBoth() throws Exception {
        everyFormatNamesBoth(standIn("1.16.1"), "1.16.1");
    }

    @Test
    void realRenodeAgreesWithQemu() throws Exception {
        InstalledTools.require("renode");
        everyFormatNamesBoth(Tools.system().find("renode").toString(), "");
    }

    /** Without Renode the other one is reported, in the same form. */
    @Test
    void oneThatIsNotThereIsLeftOut() throws IOException {
        QccProcess run = verify(0, Map.of("RENODE", "/no/such/renode"), "--json");
        Map<?, ?> json = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(run.output());
        assertThat((List<?>) json.get("runs")).hasSize(1);
        assertThat(json.containsKey("same_instructions")).isFalse();
    }

    /** A firmware that is wrong is wrong in both; an old Renode may be the reason, and is named. */
    @Test
    void anOldRenodeIsNamedWhereTheFirmwareDiffers() throws IOException {
        Path home = BrokenInstallation.create(temporary.resolve("home"), "runtime-c/qcc_lookup.h", "y[i] = middle[x[i]]",
                "y[i] = (int8_t)(middle[x[i]] ^ 1)").home();
        Map<String, String> environment = new HashMap<>(Map.of("_JAVA_OPTIONS", "-Dqcc.home=" + home));
        environment.put("RENODE", standIn("1.15.3"));
        QccProcess run = verify(3, environment);
        assertThat(run.error().split("error\\[E706\\]", -1)).hasSize(3);
        assertThat(run.error()).containsOnlyOnce("Renode before 1.16 sets the GE flags of SSUB8 and its like wrongly, and "
                + "this is 1.15.3");
        environment.put("RENODE", standIn("1.16.0"));
        assertThat(verify(3, environment).error()).doesNotContain("GE flags");
    }
}
