package qcc.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static qcc.numpy.NpyBytes.header;
import static qcc.numpy.NpyBytes.npy;
import static qcc.numpy.NpyBytes.open;
import static qcc.numpy.NpyBytes.read;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void everyTypeIsWrittenAndReadAgain(ElementType type) {
        NumpyArray array = NumpyArray.of(type, new int[] {2, 3}, 0, 1, 1, 0, 1, 0);
        assertThat(read(folder, NumpyFile.toNpy(array))).isEqualTo(array);
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("conv2d.weight", array);
        arrays.put("a/b", NumpyArray.ofFloats(new int[] {}, 1.5f));
        NumpyArchive archive = open(folder, NumpyFile.toNpz(arrays));
        assertThat(archive.names()).containsExactly("conv2d.weight", "a/b");
        arrays.forEach((name, expected) -> assertThat(archive.find(name)).contains(expected));
        assertThat(archive.find("none")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "|b1, 0 1 2 255, '0, 1, 1, 1'", "|i1, 0 127 128 255, '0, 127, -128, -1'",
        "|u1, 0 127 128 255, '0, 127, 128, 255'",
        "<i2, 1 2 255 255, '513, -1'", ">i2, 1 2 255 255, '258, -1'", "<u2, 1 2 255 255, '513, 65535'",
        ">u2, 1 2 255 255, '258, 65535'", "<i4, 1 2 3 132, '-2080177663'", ">i4, 129 2 3 4, '-2130574588'",
        "<u4, 255 255 255 255, '4294967295'", ">u4, 128 0 0 1, '2147483649'",
        "<i8, 255 255 255 255 255 255 255 255, '-1'", ">i8, 0 0 1 0 0 0 0 2, '1099511627778'",
        "<f2, 0 60 255 123, '1, 65504'", ">f2, 60 0 4 0, '1, 6.103515625e-05'",
        "<f4, 0 0 192 63, '1.5'", ">f4, 63 192 0 0, '1.5'",
        "<f8, 0 0 0 0 0 0 248 63, '1.5'", ">f8, 63 248 0 0 0 0 0 0, '1.5'", "<i1, 200, '-56'"})
    void elementsOfEitherByteOrderAreDecoded(String descr, String bytes, String expected) {
        int[] data = Arrays.stream(bytes.split(" ")).mapToInt(Integer::parseInt).toArray();
        double[] values = Arrays.stream(expected.split(", ")).mapToDouble(Double::parseDouble).toArray();
        NumpyArray array = read(folder, npy(1, header(descr, false, "(" + values.length + ",)"), data));
        assertThat(array.toDoubles()).containsExactly(values);
        assertThat(array.shape()).containsExactly(values.length);
    }

    @Test
    void columnMajorArraysAreReordered() {
        int[] data = new int[24];
        Arrays.setAll(data, i -> i);
        NumpyArray array = read(folder, npy(1, header("|u1", true, "(2, 3, 4)"), data));
        int[] values = array.toInts();
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    assertThat(values[(i * 3 + j) * 4 + k]).isEqualTo(i + 2 * j + 6 * k);
                }
            }
        }
        NumpyArray wide = read(folder, npy(1, header(">i2", true, "(2, 2)"), 0, 1, 0, 2, 0, 3, 0, 4));
        assertThat(wide.toInts()).containsExactly(1, 3, 2, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'descr': '<i2', 'fortran_order': False, 'shape': (2,), }",
        "{'shape': (2L,), 'descr': '<i2', 'fortran_order': False}",
        " { \"fortran_order\" :True,\t'descr':\"<i2\",'shape':(1,2,), } \n  "})
    void headersMayBeWrittenInSeveralWays(String header) {
        for (int version = 1; version <= 3; version++) {
            assertThat(read(folder, npy(version, header, 1, 0, 2, 0)).toInts()).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"(); 1", "(0,); 0", "(3, 0, 2147483647, 2147483647); 0", "(1, 1); 1"})
    void scalarsAndEmptyArraysAreArrays(String shape, int size) {
        NumpyArray array = read(folder, npy(1, header("|u1", true, shape), new int[size]));
        assertThat(array.size()).isEqualTo(size);
        assertThat(array.shapeText()).isEqualTo(shape);
    }

    @Test
    void deflatedEntriesAreReadAndOthersIgnored() {
        byte[] npy = npy(1, header("|u1", false, "(1000,)"), new int[1000]);
        NumpyArchive archive = open(folder, NpyBytes.deflated("a.npy", npy));
        assertThat(archive.find("a").orElseThrow().size()).isEqualTo(1000);
        assertThat(open(folder, NpyBytes.deflated("readme.txt", npy)).names()).isEmpty();
    }

    @Test
    void writtenBytesAreThoseOfNumpy() {
        byte[] npy = NumpyFile.toNpy(NumpyArray.ofFloats(new int[] {1, 2}, 1, -2));
        String expected = "\u0093NUMPY\u0001\u0000v\u0000"
                + "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }" + " ".repeat(58) + "\n"
                + "\0\0\u0080\u003f\0\0\0\u00c0";
        assertThat(new String(npy, StandardCharsets.ISO_8859_1)).isEqualTo(expected);
        Map<String, NumpyArray> arrays = Map.of("x", NumpyArray.ofInts(ElementType.INT8, new int[] {1}, -5));
        assertThat(NumpyFile.toNpz(arrays)).isEqualTo(NumpyFile.toNpz(arrays));
    }

    @Test
    void sixtyFourBitIntegersAreExact() {
        NumpyArray array = read(folder, npy(1, header("<i8", false, "(1,)"), 1, 0, 0, 0, 0, 0, 32, 0));
        assertThat(array.getLong(0)).isEqualTo((1L << 53) + 1);
    }

    @Test
    void finitenessIsKnown() {
        assertThat(NumpyArray.ofFloats(new int[] {2}, 1, Float.NaN).isFinite()).isFalse();
        assertThat(NumpyArray.ofFloats(new int[] {2}, 1, Float.NEGATIVE_INFINITY).isFinite()).isFalse();
        assertThat(NumpyArray.ofFloats(new int[] {2}, 1, 2).isFinite()).isTrue();
    }
}
