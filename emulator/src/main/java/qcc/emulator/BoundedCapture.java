package qcc.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a stream to its end but keeps only its beginning and end: a program that never stops printing is safe. */
final class BoundedCapture extends Thread {
    /** Bytes kept of the beginning, and again of the end. */
    static final int HALF = 2 << 20;

    private final InputStream stream;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private byte[] tail = new byte[0];
    private long total;

    private BoundedCapture(String name, InputStream stream) {
        super(name);
        this.stream = stream;
        setDaemon(true);
    }

    static BoundedCapture start(String name, InputStream stream) {
        BoundedCapture capture = new BoundedCapture(name, stream);
        capture.start();
        return capture;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[1 << 16];
        try (stream) {
            for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
                append(chunk, n);
            }
        } catch (IOException e) {
            // The pipe breaks when the program is killed; what has arrived is all there is.
            return;
        }
    }

    private synchronized void append(byte[] bytes, int length) {
        int toHead = Math.min(length, HALF - head.size());
        head.write(bytes, 0, toHead);
        total += toHead;
        if (toHead < length && tail.length == 0) {
            tail = new byte[HALF];
        }
        for (int i = toHead; i < length; i++) {
            tail[(int) ((total - HALF) % HALF)] = bytes[i];
            total++;
        }
    }

    /** What has been read up to now. */
    synchronized String text() {
        long beyond = total - head.size();
        if (beyond == 0) {
            return head.toString(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toByteArray());
        if (beyond > HALF) {
            all.writeBytes(("\n[" + (beyond - HALF) + " bytes left out]\n").getBytes(StandardCharsets.UTF_8));
            int oldest = (int) (beyond % HALF);
            all.write(tail, oldest, HALF - oldest);
            all.write(tail, 0, oldest);
        } else {
            all.write(tail, 0, (int) beyond);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
