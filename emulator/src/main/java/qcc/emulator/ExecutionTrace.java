package qcc.emulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What QEMU logs of a run with {@code -d in_asm,exec,nochain}: the disassembly of every block of instructions, once, and
 * the address of every block that was entered. A block ends in its only branch; so which blocks follow one another says
 * which branches were taken, and everything that was executed is known.
 */
public final class ExecutionTrace {
    private static final String TRACE = "Trace ";
    private static final int HEXADECIMAL = 16;
    private static final int ADDRESS_DIGITS = 8;
    private static final int BYTE_DIGITS = 2;

    /** What happens in a run. */
    public interface Listener {
        /**
         * A block is entered.
         *
         * @param address      of its first instruction
         * @param expected     where the program would be, had the block before not branched
         * @param instructions executed before
         * @param cycles       estimated for these
         */
        void enter(long address, long expected, long instructions, long cycles);
    }

    private final CycleModel model;
    private final Listener listener;
    private final Map<Long, Block> blocks = new HashMap<>();
    private Block written;
    private Block last;
    private long instructions;
    private long cycles;

    private final String log;

    private ExecutionTrace(Path log, CycleModel model, Listener listener) {
        this.log = log.toString();
        this.model = model;
        this.listener = listener;
    }

    /** Reads a log; {@link MalformedFile} where it is none. */
    public static void read(Path log, CycleModel model, Listener listener) throws IOException {
        ExecutionTrace trace = new ExecutionTrace(log, model, listener);
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                trace.line(line);
            }
        }
        if (trace.last == null) {
            throw new MalformedFile(trace.log, "it names no block of instructions");
        }
    }

    private void line(String line) throws IOException {
        if (line.startsWith(TRACE)) {
            int slash = line.indexOf('/');
            enter(Long.parseLong(line.substring(slash + 1, slash + 1 + ADDRESS_DIGITS), HEXADECIMAL));
        } else if (line.startsWith("IN:")) {
            written = new Block();
        } else if (line.startsWith("0x") && written != null) {
            written.add(line, model);
            if (written.count == 1) {
                blocks.put(written.end - written.size, written);
            }
        }
    }

    private void enter(long address) throws IOException {
        long expected = last == null ? address : last.end;
        if (last != null && expected != address) {
            cycles += model.branch() - 1;
        }
        listener.enter(address, expected, instructions, cycles);
        last = blocks.get(address);
        if (last == null) {
            throw new MalformedFile(log, "the block at 0x" + Long.toHexString(address) + " was not disassembled");
        }
        instructions += last.count;
        cycles += last.cycles;
    }

    /** Instructions that are executed from the first to the last. */
    private static final class Block {
        private long end;
        private int size;
        private int count;
        private int cycles;
        private boolean endsInLoad;

        /** A line such as {@code 0x00004c0c:  f000 f92f  bl  #0x4e8c}: address, bytes, mnemonic, operands. */
        void add(String line, CycleModel model) {
            int colon = line.indexOf(':');
            String[] words = line.substring(colon + 1).strip().split("\\s+", 2);
            size = words[0].length() / BYTE_DIGITS;
            String rest = words[1];
            if (rest.matches("[0-9a-f]{4}\\s.*")) {
                size += 2;
                rest = rest.substring(ADDRESS_DIGITS / 2).strip();
            }
            String[] instruction = rest.split("\\s+", 2);
            String mnemonic = instruction[0].replaceFirst("\\.[wn]$", "");
            cycles += model.cycles(mnemonic, instruction.length > 1 ? instruction[1] : "", endsInLoad);
            endsInLoad = CycleModel.isLoad(mnemonic);
            end = Long.parseLong(line.substring(2, colon), HEXADECIMAL) + size;
            count++;
        }
    }
}
