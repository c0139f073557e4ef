package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.codegen.FileTree;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;

/** Whatever lies in and around the output folder, nothing of it is lost. */
class ProjectWriterTest {
    private static final String MANIFEST = ".qcc-manifest";
    private static final String HASH = "0".repeat(64);

    @TempDir
    private Path temporary;
    private Path out;

    @BeforeEach
    void chooseFolder() {
        out = temporary.resolve("out");
    }

    private static FileTree tree(String... namesAndTexts) {
        FileTree tree = new FileTree();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            tree.add(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return tree;
    }

    /** All files below the test's folder but the manifest. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(temporary)) {
            for (Path path : all.filter(Files::isRegularFile).filter(p -> !p.endsWith(MANIFEST)).toList()) {
                files.put(temporary.relativize(path).toString(), Files.readString(path));
            }
        }
        return files;
    }

    private void refuses(FileTree tree, Path folder, Code code) {
        assertThatThrownBy(() -> ProjectWriter.write(tree, folder)).isInstanceOf(CompilationFailed.class)
                .asInstanceOf(type(CompilationFailed.class))
                .satisfies(failed -> assertThat(failed.diagnostics().get(0).code()).isEqualTo(code));
    }

    @Test
    void writesAgainWithoutNoise() throws IOException {
        assertThat(ProjectWriter.write(tree("a.c", "1", "d/b.c", "1"), out)).isEmpty();
        assertThat(ProjectWriter.write(tree("a.c", "2", "d/b.c", "1"), out)).isEmpty();
        assertThat(files()).isEqualTo(Map.of("out/a.c", "2", "out/d/b.c", "1"));
    }

    @Test
    void keepsEveryEdit() throws IOException {
        ProjectWriter.write(tree("main.c", "1"), out);
        Files.writeString(out.resolve("main.c"), "mine");
        assertThat(ProjectWriter.write(tree("main.c", "2"), out)).isEqualTo(List.of("main.c.edited"));
        Files.writeString(out.resolve("main.c"), "mine again");
        assertThat(ProjectWriter.write(tree("main.c", "3"), out)).isEqualTo(List.of("main.c.edited2"));
        assertThat(files()).isEqualTo(Map.of("out/main.c", "3", "out/main.c.edited", "mine", "out/main.c.edited2",
                "mine again"));
    }

    @Test
    void leavesTheUsersOwnFilesAlone() throws IOException {
        ProjectWriter.write(tree("a.c", "1"), out);
        Files.writeString(out.resolve("notes.txt"), "mine");
        ProjectWriter.write(tree("a.c", "2"), out);
        assertThat(files()).containsEntry("out/notes.txt", "mine");
    }

    @Test
    void keepsTheUsersFileWhereANewOneIsWritten() throws IOException {
        ProjectWriter.write(tree("a.c", "1"), out);
        Files.writeString(out.resolve("b.c"), "mine");
        assertThat(ProjectWriter.write(tree("a.c", "1", "b.c", "2"), out)).isEqualTo(List.of("b.c.edited"));
        assertThat(files()).containsEntry("out/b.c", "2").containsEntry("out/b.c.edited", "mine");
    }

    @Test
    void removesStaleFilesButNotEditedOnes() throws IOException {
        ProjectWriter.write(tree("a.c", "1", "b.c", "1", "c.c", "1"), out);
        Files.writeString(out.resolve("c.c"), "mine");
        assertThat(ProjectWriter.write(tree("a.c", "1"), out)).isEqualTo(List.of("c.c.edited"));
        assertThat(files()).isEqualTo(Map.of("out/a.c", "1", "out/c.c.edited", "mine"));
    }

    @Test
    void refusesAFolderOfOthers() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("thesis.tex"), "years");
        refuses(tree("a.c", "1"), out, Code.E802);
        assertThat(files()).isEqualTo(Map.of("out/thesis.tex", "years"));
    }

    @Test
    void takesAnEmptyFolder() throws IOException {
        Files.createDirectories(out);
        ProjectWriter.write(tree("a.c", "1"), out);
        assertThat(files()).isEqualTo(Map.of("out/a.c", "1"));
    }

    @Test
    void refusesAFileAndWhatLiesBelowOne() throws IOException {
        Files.writeString(out, "precious");
        refuses(tree("a.c", "1"), out, Code.E802);
        refuses(tree("a.c", "1"), out.resolve("sub/deeper"), Code.E801);
        assertThat(files()).isEqualTo(Map.of("out", "precious"));
    }

    @Test
    void refusesTheRootAndWhatCannotBeWritten() {
        refuses(tree("a.c", "1"), Path.of("/"), Code.E802);
        // Not even the superuser makes a folder there.
        refuses(tree("a.c", "1"), Path.of("/proc/qcc/out"), Code.E801);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../victim", "x/../../victim", "ABSOLUTE", "link/victim", ".", "", "..", "a\0b"})
    void neverFollowsAManifestOutOfItsFolder(String entry) throws IOException {
        Path victim = Files.writeString(temporary.resolve("victim"), "precious");
        ProjectWriter.write(tree("a.c", "1"), out);
        Files.createSymbolicLink(out.resolve("link"), temporary);
        String name = entry.equals("ABSOLUTE") ? victim.toString() : entry;
        String right = Files.readString(out.resolve(MANIFEST)).replace("a.c", name);
        for (String manifest : List.of(HASH + "  " + name + "\n", right)) {
            Files.writeString(out.resolve(MANIFEST), manifest);
            Files.writeString(victim, "1");
            ProjectWriter.write(tree("a.c", "1"), out);
            assertThat(files()).isEqualTo(Map.of("victim", "1", "out/a.c", "1"));
        }
    }

    @Test
    void aManifestThatIsNotTextForgetsButLosesNothing() throws IOException {
        ProjectWriter.write(tree("a.c", "1"), out);
        Files.write(out.resolve(MANIFEST), new byte[] {(byte) 0xFF, 0, '\n', ' ', ' ', (byte) 0xFE});
        ProjectWriter.write(tree("a.c", "2"), out);
        assertThat(files()).isEqualTo(Map.of("out/a.c", "2", "out/a.c.edited", "1"));
    }

    @Test
    void neverWritesThroughALinkOutOfItsFolder() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        ProjectWriter.write(tree("a.c", "1"), out);
        Files.createSymbolicLink(out.resolve("model"), elsewhere);
        refuses(tree("a.c", "2", "model/m.c", "2"), out, Code.E802);
        assertThat(files()).isEqualTo(Map.of("out/a.c", "1"));
    }

    @Test
    void anObstacleIsSeenBeforeAnythingIsMoved() throws IOException {
        ProjectWriter.write(tree("a.c", "1", "z.c", "1"), out);
        Files.delete(out.resolve("z.c"));
        Files.createDirectories(out.resolve("z.c"));
        Files.writeString(out.resolve("z.c/notes.txt"), "mine");
        refuses(tree("a.c", "2", "z.c", "2"), out, Code.E802);
        assertThat(files()).isEqualTo(Map.of("out/a.c", "1", "out/z.c/notes.txt", "mine"));
    }

    /** A run that stopped between two files has the new ones beside the old manifest. */
    @Test
    void recoversFromAnInterruptedRun() throws IOException {
        ProjectWriter.write(tree("a.c", "1", "b.c", "1"), out);
        Files.writeString(out.resolve("a.c"), "2");
        assertThat(ProjectWriter.write(tree("a.c", "2", "b.c", "2"), out)).isEmpty();
        assertThat(files()).isEqualTo(Map.of("out/a.c", "2", "out/b.c", "2"));
    }

    @Test
    void leavesNothingBeside() throws IOException {
        ProjectWriter.write(tree("a.c", "1"), out);
        try (Stream<Path> beside = Files.list(temporary)) {
            assertThat(beside).containsExactly(out);
        }
    }
}
