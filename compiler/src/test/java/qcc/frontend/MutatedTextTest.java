package qcc.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import qcc.diagnostics.DiagnosticRenderer;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;

/** Whatever the text is: a tree that can be printed and read again, or diagnostics that can be shown. */
class MutatedTextTest {
    private static final String[] PIECES = {
        "(", ")", "[", "]", "{", "}", "|>", "=", ":", ",", ";", "->", "+", "-", "*", "/", "as", "in", "return", "block",
        "model", "quantize", "parameters", "\"", "/*", "*/", "//", "\n", "\r", "1", "1.5", "9999999999999999999999",
        "x", "\\", "§", "\uD83D\uDE00", "\uD83D", "\0", "\u202E"};
    private static final int ROUNDS = 2000;

    @Test
    void editedTextsGiveATreeOrDiagnostics() {
        String valid = Golden.read("kws.qdsl");
        Random random = new Random(42);
        int parsed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(valid);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                edit(text, random);
            }
            parsed += check(new Source("m.qdsl", text.toString())) ? 1 : 0;
        }
        // Both outcomes must really have been exercised.
        assertThat(parsed).isBetween(ROUNDS / 50, ROUNDS * 9 / 10);
    }

    @Test
    void randomTokenSoupGivesDiagnostics() {
        Random random = new Random(43);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder("model m(x: [1]) -> y { ");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextBoolean() ? " " : "");
            }
            assertThat(check(new Source("m.qdsl", text + "\n)"))).isFalse();
        }
    }

    @Test
    void editedBytesAreDecodedOrRefused() {
        byte[] valid = Golden.read("kws.qdsl").getBytes(StandardCharsets.UTF_8);
        Random random = new Random(44);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = valid.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            Diagnostics diagnostics = new Diagnostics();
            Optional<Source> source = SourceReader.decode("m.qdsl", bytes, diagnostics);
            assertThat(diagnostics.hasErrors()).isEqualTo(source.isEmpty());
            source.ifPresent(MutatedTextTest::check);
            refused += source.isEmpty() ? 1 : 0;
        }
        assertThat(refused).isBetween(ROUNDS / 4, ROUNDS * 3 / 4);
    }

    private static void edit(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        int length = Math.min(text.length() - at, random.nextInt(6));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, at + length);
            case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 2 -> text.replace(at, at + length, PIECES[random.nextInt(PIECES.length)]);
            default -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
        }
    }

    private static boolean check(Source source) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Ast.File> file = QdslParser.parse(source, diagnostics);
        assertThat(file.isPresent()).as(source.text()).isNotEqualTo(diagnostics.hasErrors());
        if (file.isPresent()) {
            String printed = AstPrinter.print(file.get());
            assertThat(AstPrinter.print(QdslParserTest.parse(printed))).isEqualTo(printed);
        } else {
            assertThat(DiagnosticRenderer.plain().render(diagnostics.all())).contains("error[E101]", " --> m.qdsl");
            assertThat(diagnostics.all()).hasSizeLessThanOrEqualTo(Diagnostics.MAX_ERRORS);
        }
        return file.isPresent();
    }
}
