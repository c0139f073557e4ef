package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.target.Installation;

/** Networks that once failed, and corners that random networks reach too seldom: each says in a comment what it is. */
class FuzzRegressionTest {

    private static Stream<Arguments> networks() throws IOException {
        Path folder = Installation.find().home().resolve("tests/src/test/resources/fuzz");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            return sorted.stream().flatMap(file -> Stream.of("host", "cortex-m4")
                    .map(target -> Arguments.of(file.getFileName().toString(), target, file)));
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("networks")
    void passes(String name, String target, Path file) throws IOException {
        Requirements.assumeToolsOf(target);
        String text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text).as("says what it is").startsWith("// ");
        assertThat(Oracle.of(target, Installation.find()).judge(text)).as(name).isEqualTo(Outcome.PASSED);
    }
}
