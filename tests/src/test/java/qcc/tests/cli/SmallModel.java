package qcc.tests.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model of two layers, which builds in no time. */
final class SmallModel {
    static final String TEXT = """
            model m(x: [4] in [-1, 1]) -> y {
                y = x |> dense(3) as fc |> sigmoid as act
            }

            parameters random(1)

            quantize {
                calibrate random(1)
            }
            """;

    private SmallModel() {
    }

    /** Writes {@code m.qdsl} into a folder. */
    static void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("m.qdsl"), TEXT);
    }
}
