package qcc.importer.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import qcc.diagnostics.Code;
import qcc.importer.onnx.format.Onnx.StringStringEntryProto;
import qcc.importer.onnx.format.Onnx.TensorProto;

/** Arrays in files beside the model. No path leaves the model's folder, be it by "..", a root or a symbolic link. */
final class ExternalData {
    private final Path folder;
    private long remaining;

    /**
     * @param folder of the model
     * @param limit  bytes that may be read in all
     */
    ExternalData(Path folder, long limit) {
        this.folder = folder;
        this.remaining = limit;
    }

    /** The bytes of a tensor whose data location is EXTERNAL. */
    ByteBuffer read(TensorProto tensor) {
        Map<String, String> entries = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        String location = entries.getOrDefault("location", "");
        try {
            Path file = resolve(location);
            long offset = number(entries, "offset", 0);
            long length = number(entries, "length", Files.size(file) - offset);
            if (offset < 0 || length < 0 || offset > Files.size(file) - length) {
                throw problem(location, "ends before byte " + offset + " + " + length);
            }
            if (length > remaining) {
                throw problem(location, "is too large: more than the limit of all external data would be read");
            }
            remaining -= length;
            return read(file, offset, (int) length);
        } catch (IOException | InvalidPathException e) {
            throw problem(location, "cannot be read");
        }
    }

    private Path resolve(String location) throws IOException {
        if (location.isEmpty()) {
            throw problem(location, "is not named");
        }
        Path root = folder.toRealPath();
        Path relative = Path.of(location);
        if (relative.isAbsolute() || !root.resolve(relative).normalize().startsWith(root)) {
            throw problem(location, "lies outside of the model's folder");
        }
        Path real = root.resolve(relative).toRealPath();
        if (!real.startsWith(root)) {
            throw problem(location, "leads outside of the model's folder");
        }
        if (!Files.isRegularFile(real)) {
            throw problem(location, "is no regular file");
        }
        return real;
    }

    private static ByteBuffer read(Path file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.position(offset);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new IOException("the file became shorter");
                }
            }
        }
        return bytes.flip();
    }

    private static long number(Map<String, String> entries, String key, long fallback) {
        String text = entries.get(key);
        if (text == null) {
            return fallback;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ImportException.invalid("the " + key + " of external data is `" + text + "`, which is no number");
        }
    }

    private static ImportException problem(String location, String what) {
        return new ImportException(Code.E904, "the external data file `" + location + "` " + what,
                "put it into the folder of the model, or export the model as one file");
    }
}
