package qcc.tests.errors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Makes data files, whole and broken ones, from lines of text. It writes the formats byte by byte, independently of
 * qcc's own reader and writer. {@code tests/golden/errors/README.md} lists the recipes.
 */
final class DataRecipe {
    private final Path folder;
    private final Map<String, Map<String, byte[]>> archives = new LinkedHashMap<>();

    private DataRecipe(Path folder) {
        this.folder = folder;
    }

    static void make(Path folder, List<String> lines) throws IOException {
        DataRecipe recipe = new DataRecipe(folder);
        for (String line : lines) {
            recipe.follow(line.strip().split(" +"));
        }
    }

    private void follow(String... words) throws IOException {
        Path file = folder.resolve(words[0]);
        switch (words[1]) {
            case "array" -> add(words[0], words[2], npy(words[3], words[4], elements(words[3], words[4], words[5])));
            case "header" -> add(words[0], words[2], npy(words[3], words[4], new byte[48]));
            case "bomb" -> add(words[0], words[2], npy("<f4", words[3], new byte[Integer.parseInt(words[4])]));
            case "bytes" -> Files.writeString(file, words[2]);
            case "folder" -> Files.createDirectories(file);
            case "cut" -> cut(file, Integer.parseInt(words[2]));
            case "flip" -> flip(file, words[2].getBytes(StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("no recipe `" + words[1] + "`");
        }
    }

    /** The archive so far is written again with every array that is added. */
    private void add(String file, String array, byte[] npy) throws IOException {
        Map<String, byte[]> arrays = archives.computeIfAbsent(file, name -> new LinkedHashMap<>());
        arrays.put(array, npy);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(file)))) {
            for (Map.Entry<String, byte[]> entry : arrays.entrySet()) {
                ZipEntry head = new ZipEntry(entry.getKey() + ".npy");
                head.setTimeLocal(LocalDateTime.of(1980, 2, 1, 0, 0));
                zip.putNextEntry(head);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static byte[] npy(String type, String shape, byte[] data) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + ",), }\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
        return out.toByteArray();
    }

    /** Values separated by commas, repeated until the array is full. */
    private static byte[] elements(String type, String shape, String values) {
        int count = 1;
        for (String extent : shape.split(",")) {
            count *= Integer.parseInt(extent);
        }
        String[] given = values.split(",");
        boolean isDouble = type.equals("<f8");
        ByteBuffer data = ByteBuffer.allocate(count * (isDouble ? 8 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            double value = Double.parseDouble(given[i % given.length]);
            if (isDouble) {
                data.putDouble(value);
            } else {
                data.putFloat((float) value);
            }
        }
        return data.array();
    }

    private static void cut(Path file, int length) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, length));
    }

    /** Changes the central directory's checksum of the array of the given name, and nothing else. */
    private static void flip(Path file, byte[] name) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int entry = text.lastIndexOf("PK\1\2", text.lastIndexOf(new String(name, StandardCharsets.ISO_8859_1)));
        content[entry + 16] ^= 1;
        Files.write(file, content);
    }
}
