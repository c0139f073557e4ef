package qcc.frontend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts, in the test resources; {@code -Dqcc.bless=true} rewrites them, to be reviewed as a diff. */
final class Golden {
    private Golden() {
    }

    static String read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rewrites the file when blessing; the test must compare in any case, and fails in a blessing run. */
    static void bless(String name, String actual) {
        if (Boolean.getBoolean("qcc.bless")) {
            Path file = Path.of(System.getProperty("qcc.home"), "compiler/src/test/resources/qcc/frontend", name);
            try {
                Files.writeString(file, actual);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
