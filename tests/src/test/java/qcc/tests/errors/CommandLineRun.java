package qcc.tests.errors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import qcc.cli.Qcc;

/**
 * What a command line gave, with the case's folder replaced by {@code .}, so that it is the same in any folder.
 *
 * @param out the standard output
 * @param err the error output
 */
public record CommandLineRun(int exitCode, String out, String err) {
    private static final String HOME = "qcc.home";

    /**
     * Runs qcc in this process.
     *
     * @param folder what words that begin with {@code ./} are relative to
     * @param home   the installation
     */
    public static CommandLineRun of(Path folder, Path home, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = arguments.stream()
                .map(word -> word.startsWith("./") ? folder + word.substring(1) : word).toArray(String[]::new);
        String before = System.getProperty(HOME);
        System.setProperty(HOME, home.toString());
        try {
            int code = Qcc.execute(new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8), words);
            return new CommandLineRun(code, text(out, folder), text(err, folder));
        } finally {
            System.setProperty(HOME, before);
        }
    }

    private static String text(ByteArrayOutputStream bytes, Path folder) {
        return bytes.toString(StandardCharsets.UTF_8).replace(folder.toString(), ".");
    }

    /** The installation under test. */
    public static Path home() {
        return Path.of(System.getProperty(HOME));
    }

    /** An installation that has the targets of the folder {@code own} beside the usual ones. */
    static Path homeWith(Path folder, Path own) throws IOException {
        Path targets = Files.createDirectories(folder.resolve("targets"));
        for (String part : List.of("templates", "runtime-c")) {
            Files.createSymbolicLink(folder.resolve(part), home().resolve(part));
        }
        for (Path source : List.of(home().resolve("targets"), own)) {
            try (Stream<Path> all = Files.list(source)) {
                for (Path target : all.filter(Files::isDirectory).toList()) {
                    Files.createSymbolicLink(targets.resolve(target.getFileName()), target);
                }
            }
        }
        return folder;
    }
}
