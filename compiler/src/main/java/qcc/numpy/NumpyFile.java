package qcc.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import qcc.diagnostics.Code;

/** Opens and writes {@code .npy} and {@code .npz} files; which of them a file is, is seen in its first bytes. */
public final class NumpyFile {
    /** No array of a network for a microcontroller comes near this size. */
    private static final long MAX_ARRAY_BYTES = 512L << 20;
    private static final long MAX_FILE_BYTES = 2L << 30;
    private static final int ALIGNMENT = 64;
    /** The first moment of 1980 would be written in a second form that depends on the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private NumpyFile() {
    }

    /**
     * Opens a file. Only its directory is read; arrays are read when they are asked for.
     *
     * @return its arrays; for a {@code .npy} file, one called {@link NumpyArchive#UNNAMED}
     * @throws NumpyException if it cannot be read or is neither kind of file
     */
    public static NumpyArchive read(Path file) {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw NumpyException.tooLarge("the file is larger than 2 GiB");
            }
            start = in.readNBytes(8);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (NpyReader.isNpy(start)) {
            return new SingleArray(file);
        }
        if (start.length >= 2 && start[0] == 'P' && start[1] == 'K') {
            return NpzArchive.open(file);
        }
        throw NumpyException.malformed("the file is neither a .npy nor a .npz file");
    }

    /** The bytes of a {@code .npy} file, version 1.0; the same for equal arrays. */
    public static byte[] toNpy(NumpyArray array) {
        NpyHeader header = new NpyHeader(array.type(), ByteOrder.LITTLE_ENDIAN, false,
                Arrays.stream(array.shape()).boxed().toList());
        byte[] text = header.text().getBytes(StandardCharsets.ISO_8859_1);
        int fixed = 10;
        int end = (fixed + text.length + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] data = array.littleEndianBytes();
        byte[] npy = new byte[end + data.length];
        System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) (end - fixed),
                (byte) ((end - fixed) >> 8)}, 0, npy, 0, fixed);
        Arrays.fill(npy, fixed, end, (byte) ' ');
        System.arraycopy(text, 0, npy, fixed, text.length);
        npy[end - 1] = '\n';
        System.arraycopy(data, 0, npy, end, data.length);
        return npy;
    }

    /**
     * The bytes of a {@code .npz} file with the arrays in the order of the map; the same for equal maps. Nothing is
     * compressed, as the output of compressors differs between versions.
     */
    public static byte[] toNpz(Map<String, NumpyArray> arrays) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, NumpyArray> array : arrays.entrySet()) {
                byte[] npy = toNpy(array.getValue());
                CRC32 sum = new CRC32();
                sum.update(npy);
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(npy.length);
                entry.setCrc(sum.getValue());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                zip.write(npy);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("two arrays have the same name, or a name is too long", e);
        }
        return out.toByteArray();
    }

    /** The largest array that is decoded, in bytes: less than the fixed limit when the Java heap is small. */
    static long maxArrayBytes() {
        return Math.min(MAX_ARRAY_BYTES, Runtime.getRuntime().maxMemory() / 4);
    }

    private static NumpyException unreadable(Path file, IOException e) {
        String reason = e instanceof NoSuchFileException ? "the file does not exist"
                : Files.isDirectory(file) ? "this is a folder, not a file" : "the file cannot be read";
        return new NumpyException(Code.E401, reason, e);
    }

    private record SingleArray(Path file) implements NumpyArchive {
        @Override
        public Set<String> names() {
            return Set.of(UNNAMED);
        }

        @Override
        public Optional<NumpyArray> find(String name) {
            if (!name.equals(UNNAMED)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file)) {
                return Optional.of(new NpyReader("the array", in, Files.size(file)).read());
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
    }
}
