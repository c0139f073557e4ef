package qcc.frontend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

/** Reads a model file as strict UTF-8 of bounded size. */
public final class SourceReader {
    /** The largest model text, in bytes; a hand-written model has a few thousand. */
    public static final int MAX_BYTES = 4 << 20;

    private SourceReader() {
    }

    /**
     * Reads a file.
     *
     * @param shownName the name in diagnostics, as the user wrote it
     * @return empty when it cannot be read or is not text; the diagnostics say why
     */
    public static Optional<Source> read(Path file, String shownName, Diagnostics diagnostics) {
        try (InputStream in = Files.newInputStream(file)) {
            return decode(shownName, in.readNBytes(MAX_BYTES + 1), diagnostics);
        } catch (NoSuchFileException e) {
            diagnostics.report(Diagnostic.of(Code.E401, Span.wholeFile(shownName), "the file does not exist")
                    .help("check the path"));
        } catch (IOException e) {
            diagnostics.report(Diagnostic.of(Code.E401, Span.wholeFile(shownName),
                    Files.isDirectory(file) ? "this is a folder, not a file" : "the file cannot be read"));
        }
        return Optional.empty();
    }

    /** Decodes the bytes of a file; a byte order mark is dropped. */
    public static Optional<Source> decode(String shownName, byte[] bytes, Diagnostics diagnostics) {
        if (bytes.length > MAX_BYTES) {
            diagnostics.report(tooLarge(Span.wholeFile(shownName)));
            return Optional.empty();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            // The text up to the bad byte and a substitute for it: enough to show the place.
            Source readable = new Source(shownName, text + "\uFFFD");
            diagnostics.report(Diagnostic.of(Code.E101, new Span(readable, text.length(), text.length() + 1),
                    String.format(Locale.ROOT, "the file is not UTF-8 text: byte 0x%02X at offset %d is not valid",
                            bytes[in.position()] & 0xFF, in.position()))
                    .help("save the file with the encoding UTF-8"));
            return Optional.empty();
        }
        return Optional.of(new Source(shownName, text.startsWith("\uFEFF") ? text.substring(1) : text));
    }

    static Diagnostic tooLarge(Span span) {
        return Diagnostic.of(Code.E101, span, "the model text is larger than 4 MiB")
                .help("parameters belong into an .npz file, not into the model text");
    }
}
