package qcc.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static qcc.numpy.NpyBytes.header;
import static qcc.numpy.NpyBytes.npy;
import static qcc.numpy.NpyBytes.open;
import static qcc.numpy.NpyBytes.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Code;

/** Files that are broken, or made to break the reader. */
class HostileFileTest {
    private static final int MUTATIONS = 3000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "<f4; (1152,); E402; the array needs 4,608 bytes, the file has 4",
        "<f4; (2,); E402; the array needs 8 bytes, the file has 4",
        "|u1; (2,); E402; the array is followed by bytes that do not belong to it",
        "|O; (1,); E405; the array holds Python objects; qcc reads plain numbers only",
        "<c8; (1,); E405; the array has elements of type `<c8`; qcc reads b1, i1, u1, i2, u2, i4, u4, i8, f2, f4, f8",
        "|f4; (1,); E405; the array has elements of type `|f4`; qcc reads b1, i1, u1, i2, u2, i4, u4, i8, f2, f4, f8",
        "<f4; (99999999999,); E407; the array claims an axis of length 99999999999",
        "<f8; (2147483647, 2147483647, 2147483647, 9); E407; the array claims 9,223,372,036,854,775,807 bytes",
        "|u1; (2147483647,); E407; the array claims 2,147,483,647 bytes",
        "<f4; (-1,); E402; the array: the header is not understood at its character 52",
        "<f4; [1]; E402; the array: the header is not understood at its character 51"})
    void wrongClaimsAreRefused(String descr, String shape, Code code, String message) {
        byte[] file = npy(1, header(descr, false, shape), 0, 0, 128, 63);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> read(folder, file))
                .withMessageStartingWith(message).satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{}", "{", "{'descr': '<f4'", "{'descr': '<f4', 'descr': '<f4'}", "{'descr': [('a', '<f4')]}", "[1, 2]",
        "{'descr': '<f4', 'fortran_order': Maybe, 'shape': ()}", "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 'y'}", "{'descr: 3}", "{'shape': (1 2)}",
        "{'descr': '', 'fortran_order': False, 'shape': ()}", "__import__('os').system('true')",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + {}"})
    void malformedHeadersAreRefused(String header) {
        byte[] file = npy(1, header, 0, 0, 0, 0);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> read(folder, file))
                .withMessageStartingWith("the array");
    }

    @Test
    void tooManyAxesAndEndlessHeadersAreRefused() {
        byte[] axes = npy(1, header("|u1", false, "(" + "1,".repeat(33) + ")"), 0);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> read(folder, axes))
                .withMessage("the array has more than 32 axes");
        byte[] endless = npy(2, " ", 0);
        endless[11] = 0x7F;
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> read(folder, endless))
                .withMessageContaining("claims a header of 2,130,706,434 bytes");
        byte[] version = npy(4, header("|u1", false, "(1,)"), 0);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> read(folder, version))
                .withMessage("the array has format version 4.0; qcc reads versions 1.0 to 3.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PK", "PK\u0003\u0004 but no zip file", "hello", "\u0093NUMP"})
    void whatIsNoNumpyFileIsRefused(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> open(folder, bytes))
                .satisfies(e -> assertThat(e.code()).isEqualTo(Code.E402));
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> NumpyFile.read(folder.resolve("none")))
                .withMessage("the file does not exist").satisfies(e -> assertThat(e.code()).isEqualTo(Code.E401));
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> NumpyFile.read(folder))
                .withMessage("this is a folder, not a file");
    }

    @Test
    void anEntryThatInflatesBeyondItsHeaderIsRefused() {
        byte[] claimsOne = Arrays.copyOf(npy(1, header("|u1", false, "(1,)"), 7), 10_000_000);
        NumpyArchive archive = open(folder, NpyBytes.deflated("w.npy", claimsOne));
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> archive.find("w"))
                .withMessage("array `w` is followed by bytes that do not belong to it");
    }

    @Test
    void aSizeThatTheCompressedDataCannotHaveIsRefused() {
        byte[] zip = NpyBytes.deflated("w.npy", npy(1, header("|u1", false, "(500000000,)"), 7));
        setCentralSize(zip, 500_000_128);
        NumpyArchive archive = open(folder, zip);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> archive.find("w"))
                .withMessage("array `w` claims to be larger than its data in the file can be");
    }

    /** Overwrites the uncompressed size of the first entry of the central directory. */
    private static void setCentralSize(byte[] zip, int size) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = 0;
        while (buffer.getInt(directory) != 0x02014B50) {
            directory++;
        }
        buffer.putInt(directory + 24, size);
    }

    @Test
    void aFlippedBitIsFoundByTheChecksum() {
        byte[] zip = NumpyFile.toNpz(Map.of("w", NumpyArray.ofFloats(new int[] {4}, 1, 2, 3, 4)));
        int first = indexOf(zip, new byte[] {0, 0, (byte) 0x80, 0x3F});
        zip[first + 2] ^= 1;
        NumpyArchive archive = open(folder, zip);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(() -> archive.find("w"))
                .withMessage("array `w` is corrupt: its checksum is wrong");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    @Test
    void integersThatDoNotFitAndFloatsAreNotInts() {
        NumpyArray wide = NumpyArray.of(ElementType.UINT32, new int[] {1}, 4294967295.0);
        assertThatExceptionOfType(NumpyException.class).isThrownBy(wide::toInts)
                .withMessage("element 0 is 4294967295, which does not fit into 32 bits");
        assertThatExceptionOfType(NumpyException.class)
                .isThrownBy(() -> NumpyArray.ofFloats(new int[] {1}, 1).toInts())
                .withMessage("the array holds f4, not integers");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> NumpyArray.ofInts(ElementType.INT8, new int[] {1}, 128));
    }

    @Test
    void mutatedFilesAreReadOrRefused() {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        arrays.put("a", NumpyArray.ofFloats(new int[] {2, 3}, 1, 2, 3, 4, 5, 6));
        arrays.put("b", NumpyArray.ofInts(ElementType.INT16, new int[] {3}, -1, 0, 1));
        byte[] repeated = npy(1, header(">f2", true, "(40, 50)"), new int[4000]);
        byte[][] valid = {
            NumpyFile.toNpy(arrays.get("a")), NumpyFile.toNpz(arrays), NpyBytes.deflated("c.npy", repeated), repeated};
        Random random = new Random(7);
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            refused += isRefused(mutated(valid[round % valid.length], random)) ? 1 : 0;
        }
        // Both outcomes must really have been exercised.
        assertThat(refused).isBetween(MUTATIONS / 10, MUTATIONS * 9 / 10);
    }

    private static byte[] mutated(byte[] valid, Random random) {
        byte[] bytes = random.nextInt(4) == 0 ? Arrays.copyOf(valid, random.nextInt(valid.length)) : valid.clone();
        for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
            // Half of them in the first bytes, where the structure is.
            int range = random.nextBoolean() ? Math.min(128, bytes.length) : bytes.length;
            bytes[random.nextInt(range)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** True when a NumpyException says so; any other exception fails the test. */
    private boolean isRefused(byte[] bytes) {
        try {
            NumpyArchive archive = open(folder, bytes);
            for (String name : archive.names()) {
                NumpyArray array = archive.find(name).orElseThrow();
                assertThat(array.toFloats()).hasSize(array.size());
            }
            return false;
        } catch (NumpyException e) {
            assertThat(e.getMessage()).isNotBlank();
            return true;
        }
    }
}
