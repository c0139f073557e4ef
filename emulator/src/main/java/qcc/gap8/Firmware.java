package qcc.gap8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import qcc.emulator.Elf;

/** A linked firmware, ready to be put into memory. */
final class Firmware {
    private final Elf elf;
    private final byte[] file;

    private Firmware(Elf elf, byte[] file) {
        this.elf = elf;
        this.file = file;
    }

    /** The file is an ELF file, but no firmware for this machine. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unfit(String message) {
            super(message);
        }
    }

    /**
     * Reads an ELF file.
     *
     * @throws IOException                 when it cannot be read
     * @throws qcc.emulator.MalformedFile  when it is damaged or no ELF file
     * @throws Unfit                       when it is not for a 32-bit RISC-V, or does not fit the memories
     */
    static Firmware read(Path path) throws IOException {
        Elf elf = Elf.read(path);
        Firmware firmware = new Firmware(elf, Files.readAllBytes(path));
        if (firmware.file[4] != 1 || firmware.file[18] != (byte) 0xF3 || firmware.file[19] != 0) {
            throw new Unfit(path + ": not a program for a 32-bit RISC-V");
        }
        if (elf.segments().isEmpty()) {
            throw new Unfit(path + ": holds nothing to load; it must be a linked program");
        }
        for (Elf.Segment segment : elf.segments()) {
            if (segment.memorySize() > 0 && (segment.memorySize() > Memory.SIZE || segment.address() >>> 32 != 0
                    || Memory.index((int) segment.address(), (int) segment.memorySize()) < 0)) {
                throw new Unfit(path + ": " + segment.memorySize() + " bytes at "
                        + Memory.hex((int) segment.address()) + " fit neither L2 (512 KB at 0x1c000000) nor L1"
                        + " (64 KB at 0x10000000)");
            }
        }
        return firmware;
    }

    void load(Memory memory) {
        for (Elf.Segment segment : elf.segments()) {
            if (segment.fileSize() > 0) {
                memory.put(file, (int) segment.offset(), Memory.index((int) segment.address(),
                        (int) segment.memorySize()), (int) segment.fileSize());
            }
        }
    }

    int entry() {
        return (int) elf.entry();
    }

    Symbols symbols() {
        return new Symbols(elf);
    }
}
