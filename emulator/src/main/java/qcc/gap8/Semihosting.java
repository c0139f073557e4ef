package qcc.gap8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Text, files and the end of the firmware, by RISC-V semihosting: the operations of Arm's with {@code ebreak} between
 * two shifts that do nothing, number in a0, address of the parameters in a1. The same firmware so runs in QEMU.
 */
final class Semihosting {
    /** slli x0, x0, 0x1f and srai x0, x0, 7. */
    private static final int BEFORE = 0x01F01013;
    private static final int AFTER = 0x40705013;

    private static final int OPEN = 0x01;
    private static final int CLOSE = 0x02;
    private static final int WRITEC = 0x03;
    private static final int WRITE0 = 0x04;
    private static final int WRITE = 0x05;
    private static final int READ = 0x06;
    private static final int SEEK = 0x0A;
    private static final int FLEN = 0x0C;
    private static final int EXIT = 0x18;
    private static final int EXIT_EXTENDED = 0x20;
    private static final int APPLICATION_EXIT = 0x20026;
    private static final int FAILED = -1;
    /** Files beyond this handle; those below are the console, as {@code :tt} opens it. */
    private static final int FIRST_FILE = 3;
    private static final int CONSOLE = 1;

    private final Memory memory;
    private final PrintStream console;
    private final Path directory;
    private final List<RandomAccessFile> files = new ArrayList<>();
    private int exitCode = -1;

    /** @param directory where relative paths start */
    Semihosting(Memory memory, PrintStream console, Path directory) {
        this.memory = memory;
        this.console = console;
        this.directory = directory;
    }

    /** What the firmware has ended with, low 8 bits; -1 as long as it has not. */
    int exitCode() {
        return exitCode;
    }

    /**
     * Carries out the request of an {@code ebreak}.
     *
     * @return the new value of a0
     * @throws Stop when the ebreak is none, or asks for what there is not
     */
    int call(int pc, int operation, int parameters) {
        if (word(pc - 4) != BEFORE || word(pc + 4) != AFTER) {
            throw Stop.fault("ebreak");
        }
        try {
            return switch (operation) {
                case OPEN -> open(text(word(parameters), word(parameters + 8)), word(parameters + 4));
                case CLOSE -> close(word(parameters));
                case WRITEC -> print(new byte[] {bytes(parameters, 1)[0]});
                case WRITE0 -> print(zeroTerminated(parameters));
                case WRITE -> write(word(parameters), bytes(word(parameters + 4), word(parameters + 8)));
                case READ -> read(word(parameters), word(parameters + 4), word(parameters + 8));
                case SEEK -> seek(word(parameters), word(parameters + 4));
                case FLEN -> (int) file(word(parameters)).length();
                case EXIT -> exit(parameters == APPLICATION_EXIT ? 0 : 1);
                case EXIT_EXTENDED -> exit(word(parameters) == APPLICATION_EXIT ? word(parameters + 4) : 1);
                default -> throw Stop.fault(String.format("semihosting operation 0x%x is not modelled", operation));
            };
        } catch (IOException e) {
            return FAILED;
        }
    }

    private int exit(int code) {
        exitCode = code & 0xFF;
        return 0;
    }

    private int open(String path, int mode) throws IOException {
        if (path.equals(":tt")) {
            return mode < 4 ? FAILED : CONSOLE;
        }
        boolean creates = mode >= 4 && mode < 8;
        RandomAccessFile file = new RandomAccessFile(directory.resolve(path).toFile(), mode < 2 ? "r" : "rw");
        if (creates) {
            file.setLength(0);
        } else if (mode >= 8) {
            file.seek(file.length());
        }
        int free = files.indexOf(null);
        if (free >= 0) {
            files.set(free, file);
            return FIRST_FILE + free;
        }
        files.add(file);
        return FIRST_FILE + files.size() - 1;
    }

    private int close(int handle) throws IOException {
        if (handle == CONSOLE) {
            return 0;
        }
        file(handle).close();
        files.set(handle - FIRST_FILE, null);
        return 0;
    }

    private int print(byte[] text) {
        console.write(text, 0, text.length);
        return 0;
    }

    /** Returns the number of bytes that are not written. */
    private int write(int handle, byte[] data) throws IOException {
        if (handle == CONSOLE) {
            return print(data);
        }
        file(handle).write(data);
        return 0;
    }

    /** Returns the number of bytes that are missing. */
    private int read(int handle, int address, int size) throws IOException {
        int index = index(address, size);
        byte[] data = new byte[size];
        int done = 0;
        int count;
        while (done < size && (count = file(handle).read(data, done, size - done)) > 0) {
            done += count;
        }
        memory.put(data, 0, index, done);
        return size - done;
    }

    private int seek(int handle, int position) throws IOException {
        file(handle).seek(Integer.toUnsignedLong(position));
        return 0;
    }

    private RandomAccessFile file(int handle) {
        int number = handle - FIRST_FILE;
        if (number < 0 || number >= files.size() || files.get(number) == null) {
            throw Stop.fault("misuse: semihosting with the handle " + handle + ", which is of no open file");
        }
        return files.get(number);
    }

    private String text(int address, int length) {
        return new String(bytes(address, length), StandardCharsets.UTF_8);
    }

    private byte[] zeroTerminated(int address) {
        int length = 0;
        while (memory.signedByte(index(address + length, 1)) != 0) {
            length++;
        }
        return bytes(address, length);
    }

    private int word(int address) {
        return memory.word(index(address, 4));
    }

    private byte[] bytes(int address, int size) {
        return memory.get(index(address, size), size);
    }

    private static int index(int address, int size) {
        int index = size < 0 || size > Memory.L2_SIZE ? -1 : Memory.index(address, size);
        if (index < 0) {
            throw Stop.fault("semihosting with " + Integer.toUnsignedString(size) + " bytes at " + Memory.hex(address)
                    + ": not all of them in L1 or all in L2");
        }
        return index;
    }
}
