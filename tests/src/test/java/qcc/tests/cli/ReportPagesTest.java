package qcc.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import qcc.cli.Qcc;
import qcc.tests.InstalledTools;

/** The pages of {@code qcc profile} and {@code qcc eval}, for the model in the repository. */
class ReportPagesTest {
    private static final Path DIGITS = Path.of(System.getProperty("qcc.home"), "tests/models/digits");
    private static final String MODEL = DIGITS.resolve("digits.qdsl").toString();
    private static final int LAYERS = 9;

    @TempDir
    private Path folder;

    private String qcc(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Qcc.execute(stream, stream, words)).as(() -> out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    /** The elements of a name whose class begins with a word. */
    private static List<Element> elements(Document page, String name, String css) {
        List<Element> found = new ArrayList<>();
        NodeList all = page.getElementsByTagName(name);
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute("class").startsWith(css)) {
                found.add(element);
            }
        }
        return found;
    }

    @Test
    void theProfileShowsLayersAndMemory() throws Exception {
        InstalledTools.requireArm();
        Path html = folder.resolve("profile.html");
        Path json = Files.writeString(folder.resolve("earlier.json"), qcc("profile", MODEL, "--json").replaceFirst(
                "(\"name\" : \"stem\",\\s+\"kernel\" : \"[a-z0-9_]+\",\\s+\"instructions\" : )[0-9]+", "$15"));
        String table = qcc("profile", MODEL, "--compare", json.toString(), "--html", html.toString());
        Document page = parse(html);
        String text = page.getDocumentElement().getTextContent();
        assertThat(text).contains("digits on cortex-m4", "Memory over time", "RAM against instructions", "taken",
                "digits_run", "conv_weights");
        assertThat(elements(page, "rect", "place")).hasSizeGreaterThan(LAYERS);
        assertThat(elements(page, "rect", "place").stream().map(rect -> rect.getTextContent().replaceAll(":.*", "")))
                .contains("image", "stem", "softmax");
        assertThat(elements(page, "svg", "bar")).hasSizeGreaterThan(LAYERS);

        // What the layers' code adds up to is nearly all of the run function, into which it is inlined.
        long run = elements(page, "td", "text").stream().filter(cell -> cell.getTextContent().equals("digits_run"))
                .mapToLong(cell -> Long.parseLong(cell.getNextSibling().getTextContent().replace(",", ""))).sum();
        Element total = (Element) page.getElementsByTagName("tfoot").item(0);
        long code = Long.parseLong(total.getElementsByTagName("td").item(9).getTextContent().replace(",", ""));
        assertThat(code).isBetween(run * 9 / 10, run * 11 / 10);

        // One layer had 5 instructions in the earlier profile: the change stands in the table and on the page.
        String change = table.lines().filter(line -> line.contains(" stem ")).findFirst().orElseThrow()
                .replaceAll(".*\\(([-+][0-9,]+),.*", "$1");
        assertThat(elements(page, "td", "number bad").stream().map(Element::getTextContent)).containsExactly(change);

        String first = Files.readString(html);
        qcc("profile", MODEL, "--compare", json.toString(), "--html", html.toString());
        assertThat(Files.readString(html)).isEqualTo(first);
    }

    @Test
    void theEvaluationShowsHistogramsAndErrors() throws Exception {
        Path html = folder.resolve("eval.html");
        String table = qcc("eval", MODEL, "--data", DIGITS.resolve("test.npz").toString(), "--html", html.toString());
        Document page = parse(html);
        String text = page.getDocumentElement().getTextContent();
        String accuracy = table.lines().filter(line -> line.contains("  integer ")).findFirst().orElseThrow()
                .replaceAll(" *integer +([0-9.]+ %).*", "$1");
        assertThat(text).contains(accuracy, "Error per layer", "Accuracy against bits", "Weights", "Activations");
        // Five layers have weights; the input and nine layers have activations.
        assertThat(page.getElementsByTagName("polygon").getLength()).isEqualTo(5 + 1 + LAYERS);
        assertThat(elements(page, "line", "clip")).hasSize(2 * (5 + 1 + LAYERS));
        // Two lines over the layers, and two over 2 to 8 bits.
        assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(2 * LAYERS + 2 * 7);
        String stem = table.lines().filter(line -> line.startsWith("stem ")).findFirst().orElseThrow().split(" +")[1];
        assertThat(elements(page, "td", "number").stream().map(Element::getTextContent)).contains(stem);
    }

    @Test
    void aFolderThatIsMissingIsToldBeforeTheWork() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Path page = folder.resolve("missing/page.html");
        for (List<String> words : List.of(List.of("profile", MODEL), List.of("eval", MODEL, "--data", "x.npz"))) {
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of("--html", page.toString()));
            assertThat(Qcc.execute(stream, stream, all.toArray(String[]::new))).isEqualTo(1);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).containsPattern(
                "(?s)E801.*the folder it lies in does not exist.*E801").doesNotContain("E401");
    }
}
