package qcc.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Builds files byte by byte, independently of the writer under test, well-formed or not. */
final class NpyBytes {
    private NpyBytes() {
    }

    /** A file of the given version with any header and any data. */
    static byte[] npy(int version, String header, int... data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < (version == 1 ? 2 : 4); i++) {
            out.write(text.length >> 8 * i);
        }
        out.writeBytes(text);
        for (int value : data) {
            out.write(value);
        }
        return out.toByteArray();
    }

    static String header(String descr, boolean fortran, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape
                + ", }";
    }

    /** A zip file with one deflated entry. */
    static byte[] deflated(String entry, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Writes the bytes to a file and opens it. */
    static NumpyArchive open(Path folder, byte[] bytes) {
        try {
            return NumpyFile.read(Files.write(Files.createTempFile(folder, "data", ".bin"), bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The array of a .npy file. */
    static NumpyArray read(Path folder, byte[] npy) {
        return open(folder, npy).find(NumpyArchive.UNNAMED).orElseThrow();
    }
}
