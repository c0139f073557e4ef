package qcc.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {
    private final DiagnosticRenderer plain = DiagnosticRenderer.plain();

    private static Diagnostic at(String text, String place) {
        int start = text.indexOf(place);
        Span span = new Span(new Source("digits.qdsl", text), start, start + place.length());
        return Diagnostic.of(Code.E203, span, "unknown operator `conv2`");
    }

    @Test
    void showsThePlaceTheReasonAndTheHelp() {
        Diagnostic diagnostic = at("\n\n\n\n\n\n        |> conv2(filters = 16)\n", "conv2")
                .because("it is neither an operator nor a block").help("did you mean `conv2d`?");
        assertThat(plain.render(diagnostic)).isEqualTo("""
                error[E203]: unknown operator `conv2`
                  --> digits.qdsl:7:12
                   |
                 7 |         |> conv2(filters = 16)
                   |            ^^^^^
                   = why: it is neither an operator nor a block
                   = help: did you mean `conv2d`?
                """);
    }

    @Test
    void theGutterGrowsWithTheLineNumber() {
        assertThat(plain.render(at("\n".repeat(99) + "conv2", "conv2"))).endsWith("""
                   --> digits.qdsl:100:1
                     |
                 100 | conv2
                     | ^^^^^
                """.replace("   -->", "    -->"));
    }

    @Test
    void tabsAreWidenedAndCarriageReturnsDropped() {
        assertThat(plain.render(at("a\r\n\t|>\tconv2\r\nb", "conv2"))).contains("""
                 2 |     |>  conv2
                   |         ^^^^^
                """);
    }

    @Test
    void ofSeveralLinesTheFirstIsShown() {
        assertThat(plain.render(at("x = conv2(\n3)\n", "conv2(\n3)"))).contains("""
                 1 | x = conv2(
                   |     ^^^^^^
                """);
    }

    @Test
    void aLongLineIsShortenedAroundThePlace() {
        String text = "a".repeat(5000) + "conv2" + "b".repeat(5000);
        String[] lines = plain.render(at(text, "conv2")).split("\n");
        assertThat(lines[3]).isEqualTo(" 1 | ..." + "a".repeat(47) + "conv2" + "b".repeat(42) + "...");
        assertThat(lines[4]).isEqualTo("   | " + " ".repeat(50) + "^^^^^");
        String wide = plain.render(at(text, "b".repeat(5000)));
        assertThat(wide.lines()).allMatch(line -> line.length() <= Excerpt.MAX_WIDTH + 5);
    }

    @Test
    void theEndOfTheTextCanBeShown() {
        Span end = new Span(new Source("m", "abc"), 3, 3);
        assertThat(plain.render(Diagnostic.of(Code.E101, end, "end"))).contains(" 1 | abc\n   |    ^\n");
        Span afterBreak = new Span(new Source("m", "abc\n"), 4, 4);
        assertThat(plain.render(Diagnostic.of(Code.E101, afterBreak, "end"))).contains(" 2 |\n   | ^\n");
    }

    @Test
    void aWholeFileHasNoLine() {
        assertThat(plain.render(Diagnostic.of(Code.E401, Span.wholeFile("m.npz"), "the file does not exist").help("h")))
                .isEqualTo("error[E401]: the file does not exist\n --> m.npz\n  = help: h\n");
    }

    @Test
    void nothingInvisibleReachesTheTerminal() {
        String rendered = plain.render(at("\u001B[31m \u202E conv2 \uD83D\uDE00", "conv2"));
        assertThat(rendered).contains(" 1 | \uFFFD[31m \uFFFD conv2 \uD83D\uDE00\n   |         ^^^^^\n");
    }

    @Test
    void coloursOnlyAddEscapes() {
        Diagnostic diagnostic = at("conv2", "conv2").help("h");
        String coloured = DiagnosticRenderer.coloured().render(diagnostic);
        assertThat(coloured).contains("\u001B[1;31merror[E203]\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain.render(diagnostic));
    }

    @Test
    void severalAreSeparatedAndCounted() {
        Diagnostic warning = Diagnostic.of(Code.W504, Span.wholeFile("m"), "guess");
        assertThat(plain.render(List.of(warning))).isEqualTo("warning[W504]: guess\n --> m\n\n1 warning\n");
        assertThat(plain.render(List.of())).isEmpty();
        List<Diagnostic> many = Collections.nCopies(23, at("conv2", "conv2"));
        assertThat(plain.render(many)).endsWith("\n\n23 errors, of which 3 are not shown\n");
    }
}
