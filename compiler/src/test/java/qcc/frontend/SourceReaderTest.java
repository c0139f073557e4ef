package qcc.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.diagnostics.Code;
import qcc.diagnostics.DiagnosticRenderer;
import qcc.diagnostics.Diagnostics;

class SourceReaderTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void readsUtf8AndDropsTheByteOrderMark(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("m.qdsl"), "\uFEFF// größe \uD83D\uDE00\n");
        assertThat(SourceReader.read(file, "m.qdsl", diagnostics).orElseThrow().text())
                .isEqualTo("// größe \uD83D\uDE00\n");
        assertThat(diagnostics.all()).isEmpty();
    }

    @Test
    void showsTheFirstByteThatIsNotUtf8() {
        byte[] latin1 = "// ok\n// gr\u00F6\u00DFe\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SourceReader.decode("m.qdsl", latin1, diagnostics)).isEmpty();
        assertThat(DiagnosticRenderer.plain().render(diagnostics.all())).isEqualTo("""
                error[E101]: the file is not UTF-8 text: byte 0xF6 at offset 11 is not valid
                  --> m.qdsl:2:6
                   |
                 2 | // gr\uFFFD
                   |      ^
                   = help: save the file with the encoding UTF-8

                1 error
                """);
    }

    @Test
    void refusesATruncatedCharacterAtTheEnd() {
        assertThat(SourceReader.decode("m.qdsl", new byte[] {'a', (byte) 0xE2, (byte) 0x82}, diagnostics)).isEmpty();
        assertThat(diagnostics.all().get(0).message()).contains("byte 0xE2 at offset 1");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThat(SourceReader.decode("m.qdsl", new byte[SourceReader.MAX_BYTES + 1], diagnostics)).isEmpty();
        assertThat(diagnostics.all().get(0).message()).contains("larger than 4 MiB");
    }

    @Test
    void saysThatAFileIsMissingOrAFolder(@TempDir Path folder) {
        assertThat(SourceReader.read(folder.resolve("none"), "none", diagnostics)).isEmpty();
        assertThat(SourceReader.read(folder, "some", diagnostics)).isEmpty();
        assertThat(diagnostics.all()).extracting(d -> d.code() + " " + d.span() + " " + d.message()).containsExactly(
                Code.E401 + " none the file does not exist", Code.E401 + " some this is a folder, not a file");
    }
}
