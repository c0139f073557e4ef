package qcc.tests.errors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file of {@code tests/golden/errors}: what the user wrote, and what qcc must answer. The format is described in
 * the README there.
 *
 * @param path      of the golden file
 * @param comment   the lines above the command
 * @param arguments of the command line; words that begin with {@code ./} are paths in the case's folder
 * @param files     text files by name
 * @param data      recipes for data files, a line each
 * @param expected  the exit code, a line break, and the error output
 */
record WrongInput(Path path, String comment, List<String> arguments, Map<String, String> files, List<String> data,
        String expected) {
    private static final String COMMAND = "$ qcc ";
    private static final String SECTION = "=== ";
    private static final String DATA = "data";
    private static final String EXIT = "exit ";

    static WrongInput read(Path path) throws IOException {
        String text = Files.readString(path);
        int command = text.indexOf(COMMAND);
        int body = text.indexOf(SECTION, command);
        if (command < 0 || body < 0) {
            throw new IllegalArgumentException(path + " has no command or no section");
        }
        Map<String, String> files = new LinkedHashMap<>();
        List<String> data = new ArrayList<>();
        String expected = "";
        for (String section : text.substring(body + SECTION.length()).split("(?m)^" + SECTION)) {
            int end = section.indexOf('\n');
            String title = section.substring(0, end);
            String content = section.substring(end + 1);
            if (title.equals(DATA)) {
                data.addAll(content.lines().filter(line -> !line.isBlank()).toList());
            } else if (title.startsWith(EXIT)) {
                expected = title.substring(EXIT.length()) + "\n" + content;
            } else {
                files.put(title, content);
            }
        }
        List<String> words = List.of(text.substring(command + COMMAND.length(), text.indexOf('\n', command))
                .split(" "));
        return new WrongInput(path, text.substring(0, command), words, files, data, expected);
    }

    /** The text of the golden file with another answer. */
    String withAnswer(String answer) throws IOException {
        String text = Files.readString(path);
        int old = text.lastIndexOf("\n" + SECTION + EXIT);
        return text.substring(0, old < 0 ? text.length() : old + 1) + SECTION + EXIT + answer;
    }

    /** Makes the files in a folder. */
    void prepare(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        DataRecipe.make(folder, data);
    }

    @Override
    public String toString() {
        return path.getParent().getFileName() + "/" + path.getFileName();
    }
}
