package qcc.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.cli.Qcc;

/** Mistakes in a call of {@code qcc profile} are told before anything is compiled. */
class ProfileArgumentsTest {
    @TempDir
    private Path folder;

    @Test
    void anEarlierProfileMustBeOne() throws IOException {
        assertThat(profile("--compare", folder.resolve("none.json").toString()))
                .startsWith("1 error[E401]: the file does not exist");
        for (String text : new String[] {"", "nonsense", "{}", "{\"instructions\": 99999999999999999999}"}) {
            Path file = Files.writeString(folder.resolve("profile.json"), text);
            assertThat(profile("--compare", file.toString())).as(text)
                    .startsWith("1 error[E401]: this is not a profile");
        }
    }

    @Test
    void aTimeLimitIsPositive() {
        assertThat(profile("--time-limit", "0")).startsWith("2 qcc: --time-limit must be at least 1");
    }

    /** Exit code and error output. */
    private static String profile(String option, String value) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Qcc.execute(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), "profile", "none.qdsl", option, value);
        return exit + " " + err.toString(StandardCharsets.UTF_8);
    }
}
