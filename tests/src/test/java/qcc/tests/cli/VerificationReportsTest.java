package qcc.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import qcc.cli.Qcc;
import qcc.tests.InstalledTools;

/** {@code qcc verify} says the same in every format. */
class VerificationReportsTest {
    private static final Path DIGITS = Path.of(System.getProperty("qcc.home"), "tests/models/digits/digits.qdsl");

    @TempDir
    private Path folder;

    @BeforeEach
    void requireTools() {
        InstalledTools.requireArm();
    }

    private static String verify(String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        String[] words = new String[more.length + 4];
        words[0] = "verify";
        words[1] = DIGITS.toString();
        words[2] = "--samples";
        words[3] = "10";
        System.arraycopy(more, 0, words, 4, more.length);
        assertThat(Qcc.execute(stream, stream, words)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Numbers and texts at the top of the object, by name. */
    private static Map<String, String> fields(String json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return fields;
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static Map<String, String> properties(Document junit) {
        Map<String, String> properties = new LinkedHashMap<>();
        NodeList nodes = junit.getElementsByTagName("property");
        for (int i = 0; i < nodes.getLength(); i++) {
            Element property = (Element) nodes.item(i);
            properties.put(property.getAttribute("name"), property.getAttribute("value"));
        }
        return properties;
    }

    @Test
    void everyFormatHoldsTheSameFacts() throws Exception {
        Path html = folder.resolve("report.html");
        Path junit = folder.resolve("report.xml");
        Map<String, String> json = fields(verify("--json", "--html", html.toString(), "--junit", junit.toString()));
        Map<String, String> properties = properties(parse(junit));
        assertThat(properties.keySet()).containsExactly("target", "board", "emulator", "compiler", "flags", "inputs",
                "instructions", "flash", "ram", "stack");
        assertThat(properties.get("flags")).contains("-O", "-mcpu=cortex-m4").doesNotContain("-I", "-D");
        assertThat(properties.get("inputs")).isEqualTo("10: 4 extremes, 4 samples, 2 random (seed 1)");
        for (String name : new String[] {"target", "board", "emulator", "compiler", "flags"}) {
            assertThat(json).containsEntry(name, properties.get(name));
        }
        assertThat(properties.get("instructions").replace(",", "")).isEqualTo(json.get("instructions"));
        assertThat(properties.get("flash").replace(",", "")).isEqualTo(json.get("flash_bytes") + " bytes");

        String page = parse(html).getDocumentElement().getTextContent();
        assertThat(page).contains("digits on cortex-m4", "bit-exact", "digits.qdsl:", properties.get("compiler"),
                properties.get("emulator"), properties.get("flags"), properties.get("instructions"))
                .doesNotContain("differ");
        assertThat(parse(html).getElementsByTagName("rect").getLength())
                .isEqualTo(parse(junit).getElementsByTagName("testcase").getLength());

        String first = Files.readString(html);
        String table = verify("--html", html.toString());
        assertThat(Files.readString(html)).as("the page of a second run").isEqualTo(first);
        properties.forEach((name, value) -> assertThat(table).containsPattern(
                "(?m)^" + name + " +" + Pattern.quote(value) + "$"));
    }
}
