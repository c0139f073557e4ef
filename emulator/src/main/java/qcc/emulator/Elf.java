package qcc.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a linked or compiled file holds: its sections and symbols, and how much memory they take.
 *
 * @param entry    the address that execution starts at; 0 when there is none
 * @param segments what a loader puts into memory, in the order of the program header table; empty for an object file
 * @param sections in the order of the section header table, without the empty first one
 * @param symbols  in the order of the symbol table, without the empty first one; empty for a stripped file
 */
public record Elf(long entry, List<Segment> segments, List<Section> sections, List<Symbol> symbols) {

    /** A section's type for which the file holds no bytes, such as .bss. */
    private static final int SHT_NOBITS = 8;
    private static final long SHF_WRITE = 1;
    private static final long SHF_ALLOC = 2;
    private static final long SHF_EXECINSTR = 4;

    public Elf {
        segments = List.copyOf(segments);
        sections = List.copyOf(sections);
        symbols = List.copyOf(symbols);
    }

    /**
     * Bytes of the file that a loader puts into memory, followed by zeroes; all numbers are unsigned.
     *
     * @param offset     where they are in the file, which holds all {@code fileSize} of them
     * @param address    where they go, the physical one, which for firmware is where a programmer writes them
     * @param fileSize   at most {@code memorySize}
     * @param memorySize the bytes and the zeroes
     */
    public record Segment(long offset, long address, long fileSize, long memorySize) {
    }

    /**
     * A section; addresses and sizes are unsigned and in bytes.
     *
     * @param type  {@code sh_type}
     * @param flags {@code sh_flags}
     */
    public record Section(String name, int type, long flags, long address, long size) {

        /** Whether it is there at run time, unlike debug information. */
        public boolean isAllocated() {
            return (flags & SHF_ALLOC) != 0;
        }

        public boolean isWritable() {
            return (flags & SHF_WRITE) != 0;
        }

        public boolean isExecutable() {
            return (flags & SHF_EXECINSTR) != 0;
        }

        /** Whether the file, and so the flash, holds its bytes. */
        public boolean isLoaded() {
            return isAllocated() && type != SHT_NOBITS;
        }
    }

    /**
     * A symbol; address and size are unsigned.
     *
     * @param section the section it is in; empty when it is absolute, common or undefined
     */
    public record Symbol(String name, long address, long size, Optional<String> section) {
    }

    /**
     * Reads an ELF file, 32 or 64 bits, little-endian.
     *
     * @throws IOException   when the file cannot be read
     * @throws MalformedFile when it is no such ELF file, or when a table or name in it lies outside the file
     */
    public static Elf read(Path file) throws IOException {
        return ElfReader.read(file);
    }

    public Optional<Section> section(String name) {
        return sections.stream().filter(section -> section.name().equals(name)).findFirst();
    }

    /** The first symbol of this name; local symbols of several files may share one. */
    public Optional<Symbol> symbol(String name) {
        return symbols.stream().filter(symbol -> symbol.name().equals(name)).findFirst();
    }

    /** Bytes of flash: code, constants and the initial values of variables. */
    public long flashSize() {
        return sections.stream().filter(Section::isLoaded).mapToLong(Section::size).sum();
    }

    /** Bytes of RAM for variables, initialised or not; the stack is not among them. */
    public long ramSize() {
        return sections.stream().filter(section -> section.isAllocated() && section.isWritable())
                .mapToLong(Section::size).sum();
    }
}
