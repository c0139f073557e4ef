package qcc.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.ops.Constant;
import qcc.program.ConstantArray;
import qcc.tensor.IntTensor;
import qcc.tensor.Shape;

class GeneratedTextTest {
    @TempDir
    private Path folder;

    @Test
    void constantsAreReadableC() {
        IntTensor data = IntTensor.zeros(Shape.of(300));
        for (int i = 0; i < 300; i++) {
            data.set(i, i * 7_654_321 - 999_999_999);
        }
        data.set(0, Integer.MIN_VALUE);
        String header = ConstantWriter.header("m", "M_H", List.of(
                new ConstantArray("a_bias", "a", new Constant("bias", Constant.CType.INT32, data))));
        assertThat(header.lines()).allMatch(line -> line.length() <= 120);
        assertThat(header).startsWith("/*").endsWith("#endif\n").doesNotContain("-2147483648")
                .contains("static const int32_t a_bias[300] __attribute__((aligned(4))) = {\n    (-2147483647 - 1), ");
        Matcher number = Pattern.compile("(-?\\d+),").matcher(header.substring(header.indexOf("= {")));
        for (int i = 1; i < 300; i++) {
            assertThat(number.find()).isTrue();
            assertThat(Integer.parseInt(number.group(1))).isEqualTo(data.get(i));
        }
        assertThat(number.find()).isFalse();
    }

    /** The published test vectors of 32-bit FNV-1a. */
    @Test
    void hashesAreFnv1a() {
        assertThat(Vectors.hash(new byte[0])).isEqualTo(0x811C9DC5);
        assertThat(Vectors.hash("a".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xE40C292C);
        assertThat(Vectors.hash("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xBF9CF968);
    }

    @Test
    void oneFileIsNotWrittenTwice() {
        FileTree tree = new FileTree();
        tree.add("a/b.c", "1");
        tree.add("a/a.c", "2");
        assertThat(tree.files().keySet()).containsExactly("a/a.c", "a/b.c");
        assertThatThrownBy(() -> tree.add("a/b.c", "3")).hasMessage("two files a/b.c");
    }

    @Test
    void kernelsBringWhatTheyInclude() throws IOException {
        Files.writeString(folder.resolve("qcc_one.h"), "#include <stdint.h>\n#include \"qcc_base.h\"\n");
        Files.writeString(folder.resolve("qcc_two.h"), "#include \"qcc_one.h\"\n#include \"qcc_base.h\"\n");
        Files.writeString(folder.resolve("qcc_base.h"), "int x;\n");
        Files.writeString(folder.resolve("qcc_unused.h"), "int y;\n");
        assertThat(KernelSources.closure(folder, List.of("two", "two")).keySet())
                .containsExactly("qcc_base.h", "qcc_one.h", "qcc_two.h");
        assertThatThrownBy(() -> KernelSources.closure(folder, List.of("three")))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("qcc_three.h");
    }
}
