package qcc.tests.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import qcc.target.Installation;

/** What CMSIS-NN needs for the same models: a file beside the repository, as the MLPerf Tiny models are. */
final class Baselines {
    private static final String FILE = "shared/reference/baselines-cmsis-nn.json";
    /** In the file: {@code models}, the model, the core, the figure. */
    private static final int DEPTH_OF_FIGURES = 3;

    private final Map<String, Long> figures = new HashMap<>();
    private final Path file;

    Baselines() {
        file = Installation.find().home().resolveSibling(FILE);
        if (Files.exists(file)) {
            read();
        }
    }

    /** Why there is nothing to compare with, where that is so. */
    Optional<String> absence() {
        return Files.exists(file) ? Optional.empty()
                : Optional.of("no figures of CMSIS-NN to compare with: ../" + FILE + " is absent");
    }

    /** A figure such as {@code instructions} or {@code flash_bytes}. */
    OptionalLong find(String model, String core, String figure) {
        Long value = figures.get(model + " " + core + " " + figure);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private void read() {
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            Deque<String> path = new ArrayDeque<>();
            int arrays = 0;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                arrays += token == JsonToken.START_ARRAY ? 1 : token == JsonToken.END_ARRAY ? -1 : 0;
                if (arrays > 0) {
                    continue;
                }
                if (token == JsonToken.START_OBJECT && json.getParsingContext().getParent().hasCurrentName()) {
                    path.addLast(json.getParsingContext().getParent().getCurrentName());
                } else if (token == JsonToken.END_OBJECT && !path.isEmpty()) {
                    path.removeLast();
                } else if (token == JsonToken.VALUE_NUMBER_INT && path.size() == DEPTH_OF_FIGURES) {
                    String core = path.peekLast();
                    String model = path.stream().skip(1).findFirst().orElseThrow();
                    figures.put(model + " " + core + " " + json.currentName(), json.getLongValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
