package qcc.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import qcc.diagnostics.Code;

/** A {@code .npz} file: a zip file of {@code .npy} files. Other entries are ignored. */
final class NpzArchive implements NumpyArchive {
    private static final String SUFFIX = ".npy";
    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_TOTAL_BYTES = 2L << 30;
    /** Deflate cannot do better than this; a larger claim is false. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private final Path file;
    private final Map<String, String> entryNames;

    private NpzArchive(Path file, Map<String, String> entryNames) {
        this.file = file;
        this.entryNames = entryNames;
    }

    static NpzArchive open(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new NpzArchive(file, entries(zip));
        } catch (IOException | IllegalArgumentException e) {
            throw corrupt("the file", e);
        }
    }

    private static Map<String, String> entries(ZipFile zip) {
        if (zip.size() > MAX_ENTRIES) {
            throw NumpyException.tooLarge("the file holds " + zip.size() + " arrays");
        }
        Map<String, String> names = new LinkedHashMap<>();
        long total = 0;
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String entryName = entry.getName();
            if (!entryName.endsWith(SUFFIX)) {
                continue;
            }
            String name = entryName.substring(0, entryName.length() - SUFFIX.length());
            if (names.put(name, entryName) != null) {
                throw NumpyException.malformed("the file holds two arrays called `" + name + "`");
            }
            total += Math.max(0, entry.getSize());
            if (total > MAX_TOTAL_BYTES || total < 0) {
                throw NumpyException.tooLarge("the arrays of the file together have more than 2 GiB");
            }
        }
        return Collections.unmodifiableMap(names);
    }

    @Override
    public Set<String> names() {
        return entryNames.keySet();
    }

    @Override
    public Optional<NumpyArray> find(String name) {
        String entryName = entryNames.get(name);
        if (entryName == null) {
            return Optional.empty();
        }
        String array = "array `" + name + "`";
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(entryName);
            if (entry == null) {
                throw NumpyException.malformed(array + " has vanished from the file");
            }
            return Optional.of(read(array, zip, entry));
        } catch (IOException | IllegalArgumentException e) {
            throw corrupt(array, e);
        }
    }

    private static NumpyArray read(String array, ZipFile zip, ZipEntry entry) throws IOException {
        long size = entry.getSize();
        long packed = entry.getCompressedSize();
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        if (size < 0 || (stored ? size != packed : size / MAX_DEFLATE_RATIO > packed)) {
            throw NumpyException.tooLarge(array + " claims to be larger than its data in the file can be");
        }
        // The JDK checks neither the sum nor, for deflated data, the size.
        try (InputStream raw = zip.getInputStream(entry);
                CheckedInputStream in = new CheckedInputStream(raw, new CRC32())) {
            NumpyArray result = new NpyReader(array, in, size).read();
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw NumpyException.malformed(array + " is corrupt: its checksum is wrong");
            }
            return result;
        }
    }

    private static NumpyException corrupt(String what, Exception e) {
        return new NumpyException(Code.E402, what + " is not a well-formed .npz file", e);
    }
}
