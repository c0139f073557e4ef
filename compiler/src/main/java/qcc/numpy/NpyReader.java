package qcc.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads one array from a stream in the {@code .npy} format, versions 1 to 3. */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 1 << 16;

    private final String array;
    private final InputStream in;
    private long available;

    /**
     * @param array     what the array is called in messages
     * @param available how many bytes the stream can hold at the most; claims of the header are checked against it
     *                  before memory is taken
     */
    NpyReader(String array, InputStream in, long available) {
        this.array = array;
        this.in = in;
        this.available = available;
    }

    static boolean isNpy(byte[] start) {
        return start.length >= MAGIC.length && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads the array; the stream must end behind it.
     *
     * @throws NumpyException if it is not such an array, too large, truncated or followed by other bytes
     */
    NumpyArray read() throws IOException {
        NpyHeader header = header();
        long needed = header.bytes();
        if (needed > NumpyFile.maxArrayBytes()) {
            throw NumpyException.tooLarge(array + " claims " + count(needed) + " bytes, more than the limit of "
                    + "512 MiB, or of a quarter of the Java heap if that is less");
        }
        if (needed > available) {
            throw truncated(needed, available);
        }
        byte[] data = in.readNBytes((int) needed);
        if (data.length < needed) {
            throw truncated(needed, data.length);
        }
        if (in.read() >= 0) {
            throw NumpyException.malformed(array + " is followed by bytes that do not belong to it");
        }
        if (header.order() == ByteOrder.BIG_ENDIAN) {
            swap(data, header.type().bytes());
        }
        if (header.fortranOrder()) {
            data = rowMajor(data, header);
        }
        return new NumpyArray(header.type(), header.shapeArray(), data);
    }

    private NpyHeader header() throws IOException {
        byte[] start = take(MAGIC.length + 2);
        if (!isNpy(start)) {
            throw NumpyException.malformed(array + " is not in NumPy's .npy format");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
            throw NumpyException.malformed(array + " has format version " + (version & 0xFF) + "."
                    + (start[MAGIC.length + 1] & 0xFF) + "; qcc reads versions 1.0 to 3.0");
        }
        byte[] lengthBytes = take(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = lengthBytes.length - 1; i >= 0; i--) {
            length = length << 8 | lengthBytes[i] & 0xFF;
        }
        if (length > MAX_HEADER) {
            throw NumpyException.malformed(array + " claims a header of " + count(length) + " bytes");
        }
        return NpyHeaderParser.parse(array, new String(take((int) length),
                version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }

    private byte[] take(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        available -= bytes.length;
        if (bytes.length < length) {
            throw NumpyException.malformed(array + ": the file ends within the header");
        }
        return bytes;
    }

    private NumpyException truncated(long needed, long found) {
        return NumpyException.malformed(array + " needs " + count(needed) + " bytes, the file has " + count(found));
    }

    private static String count(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }

    private static void swap(byte[] data, int width) {
        for (int from = 0; from < data.length; from += width) {
            for (int i = from, j = from + width - 1; i < j; i++, j--) {
                byte b = data[i];
                data[i] = data[j];
                data[j] = b;
            }
        }
    }

    /** Reorders elements of which the first axis runs fastest. */
    private static byte[] rowMajor(byte[] columnMajor, NpyHeader header) {
        int[] shape = header.shapeArray();
        int width = header.type().bytes();
        int[] strides = new int[shape.length];
        int stride = width;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        byte[] result = new byte[columnMajor.length];
        int[] index = new int[shape.length];
        int from = 0;
        for (int to = 0; to < result.length; to += width) {
            System.arraycopy(columnMajor, from, result, to, width);
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                index[axis]++;
                if (index[axis] < shape[axis]) {
                    break;
                }
                from -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return result;
    }
}
