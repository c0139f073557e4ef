package qcc.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import qcc.codegen.FileTree;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.files.Reason;

/**
 * Puts a project's files into a folder without losing anything: all files are first written beside it, then each is
 * moved into its place. A manifest in the folder says which files qcc wrote and what was in them; generated files that
 * the user has changed since are kept under another name, files that qcc did not write are left alone, and a folder
 * that qcc never wrote to is refused unless it is empty.
 */
public final class ProjectWriter {
    private static final String MANIFEST = ".qcc-manifest";
    private static final String KEPT_SUFFIX = ".edited";

    private final Path folder;
    private final List<String> kept = new ArrayList<>();

    private ProjectWriter(Path folder) {
        this.folder = folder;
    }

    /** Writes the files and names those of the user's that were put aside. */
    public static List<String> write(FileTree tree, Path folder) {
        ProjectWriter writer = new ProjectWriter(folder);
        try {
            writer.write(tree);
        } catch (IOException e) {
            throw new CompilationFailed(Diagnostic.of(Code.E801, Span.wholeFile(folder.toString()),
                    "the folder cannot be written: " + Reason.of(e)).help("choose another folder with -o"));
        }
        return writer.kept;
    }

    private void write(FileTree tree) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        if (absolute.getParent() == null) {
            throw refused("this is the root of the file system", "name a folder with -o");
        }
        Map<String, String> before = readManifest();
        requireRoom(tree);
        Files.createDirectories(absolute.getParent());
        Path beside = Files.createTempDirectory(absolute.getParent(), "." + absolute.getFileName() + "-");
        try {
            for (Map.Entry<String, byte[]> file : tree.files().entrySet()) {
                Path path = beside.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            Files.writeString(beside.resolve(MANIFEST), manifest(tree), StandardCharsets.UTF_8);
            for (String name : tree.files().keySet()) {
                keepEdited(name, before, Optional.of(tree.files().get(name)));
                Files.createDirectories(folder.resolve(name).getParent());
                Files.move(beside.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            removeStale(tree, before);
            Files.move(beside.resolve(MANIFEST), folder.resolve(MANIFEST), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            deleteTree(beside);
        }
    }

    private Map<String, String> readManifest() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        if (!Files.exists(folder)) {
            return hashes;
        }
        if (!Files.isDirectory(folder)) {
            throw refused("there is a file of this name", "choose another folder with -o");
        }
        Path manifest = folder.resolve(MANIFEST);
        if (Files.exists(manifest)) {
            for (String line : new String(Files.readAllBytes(manifest), StandardCharsets.UTF_8).split("\n")) {
                String[] parts = line.split("  ", 2);
                if (parts.length == 2 && isInside(parts[1])) {
                    hashes.put(parts[1], parts[0]);
                }
            }
            return hashes;
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw refused("the folder holds files that qcc did not write",
                        "choose another folder with -o, or empty this one");
            }
        }
        return hashes;
    }

    private CompilationFailed refused(String why, String help) {
        return new CompilationFailed(Diagnostic.of(Code.E802, Span.wholeFile(folder.toString()), why).help(help));
    }

    /** Refuses before anything is moved what would fail, or leave the folder, in the middle. */
    private void requireRoom(FileTree tree) {
        for (String name : tree.files().keySet()) {
            Path path = folder.resolve(name);
            if (Files.isDirectory(path)) {
                throw refused("`" + name + "` is a folder, but qcc has to write a file of this name", "move it away");
            }
            if (!isInside(name)) {
                throw refused("`" + name + "` would lie outside the folder, behind a symbolic link",
                        "remove the link, or choose another folder with -o");
            }
        }
    }

    /**
     * False for a name that leads out of the folder: the manifest is a text that anybody can change, and a folder may
     * have become a symbolic link.
     */
    private boolean isInside(String name) {
        try {
            Path root = folder.toAbsolutePath().normalize();
            Path path = root.resolve(name).normalize();
            if (!path.startsWith(root) || path.equals(root)) {
                return false;
            }
            Path existing = path.getParent();
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            return !existing.startsWith(root) || existing.toRealPath().startsWith(root.toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    /**
     * Puts a file aside if its content is neither what qcc wrote there before nor what it writes now; the latter stands
     * there after a run that was interrupted.
     */
    private void keepEdited(String name, Map<String, String> before, Optional<byte[]> now) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.isRegularFile(path)) {
            return;
        }
        byte[] content = Files.readAllBytes(path);
        if (hash(content).equals(before.get(name)) || now.filter(bytes -> Arrays.equals(bytes, content)).isPresent()) {
            return;
        }
        String aside = name + KEPT_SUFFIX;
        for (int i = 2; Files.exists(folder.resolve(aside)); i++) {
            aside = name + KEPT_SUFFIX + i;
        }
        Files.move(path, folder.resolve(aside));
        kept.add(aside);
    }

    private void removeStale(FileTree tree, Map<String, String> before) throws IOException {
        for (String name : before.keySet()) {
            if (!tree.files().containsKey(name)) {
                keepEdited(name, before, Optional.empty());
                if (Files.isRegularFile(folder.resolve(name))) {
                    Files.delete(folder.resolve(name));
                }
            }
        }
    }

    private static String manifest(FileTree tree) {
        StringBuilder text = new StringBuilder();
        tree.files().forEach((name, content) -> text.append(hash(content)).append("  ").append(name).append('\n'));
        return text.toString();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes a folder and all that is in it. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
