package qcc.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parser of {@link Elf}: every offset comes from the file and is checked against it. */
final class ElfReader {
    private static final long MAX_FILE_SIZE = 256L << 20;
    private static final int MAGIC = 0x464C457F;
    private static final int CLASS_32 = 1;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int PT_LOAD = 1;
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_NOBITS = 8;

    private final String file;
    private final ByteBuffer bytes;
    private final boolean wide;

    private ElfReader(String file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (word(0) != MAGIC) {
            throw malformed("not an ELF file");
        }
        int bitness = unsignedByte(4);
        if (bitness != CLASS_32 && bitness != CLASS_64) {
            throw malformed("unknown ELF class " + bitness);
        }
        if (unsignedByte(5) != LITTLE_ENDIAN) {
            throw malformed("not little-endian");
        }
        wide = bitness == CLASS_64;
    }

    static Elf read(Path path) throws IOException {
        if (Files.size(path) > MAX_FILE_SIZE) {
            throw new MalformedFile(path.toString(), "too large for a firmware");
        }
        return new ElfReader(path.toString(), ByteBuffer.wrap(Files.readAllBytes(path))).parse();
    }

    /** A section header: what {@link Elf.Section} has, and where the section's bytes are. */
    private record Header(long name, int type, long flags, long address, long offset, long size, long link,
                          long entrySize) {
    }

    private Elf parse() {
        List<Header> headers = headers();
        int names = half(wide ? 0x3E : 0x32);
        Header nameTable = headers.isEmpty() ? null : header(headers, names);
        List<Elf.Section> sections = new ArrayList<>();
        for (Header header : headers) {
            sections.add(new Elf.Section(name(nameTable, header.name()), header.type(), header.flags(),
                    header.address(), header.size()));
        }
        List<Elf.Symbol> symbols = new ArrayList<>();
        for (Header header : headers) {
            if (header.type() == SHT_SYMTAB) {
                addSymbols(header, header(headers, header.link()), sections, symbols);
            }
        }
        return new Elf(address(0x18), segments(), sections.isEmpty() ? sections : sections.subList(1, sections.size()),
                symbols);
    }

    private List<Elf.Segment> segments() {
        long table = address(wide ? 0x20 : 0x1C);
        int entrySize = half(wide ? 0x36 : 0x2A);
        int count = table == 0 ? 0 : half(wide ? 0x38 : 0x2C);
        if (count > 0 && entrySize < (wide ? 56 : 32)) {
            throw malformed("program headers of " + entrySize + " bytes");
        }
        List<Elf.Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = check(table, 0) + (long) i * entrySize;
            if (word(at) == PT_LOAD) {
                segments.add(segment(at));
            }
        }
        return segments;
    }

    private Elf.Segment segment(long at) {
        Elf.Segment segment = wide
                ? new Elf.Segment(address(at + 8), address(at + 24), address(at + 32), address(at + 40))
                : new Elf.Segment(address(at + 4), address(at + 12), address(at + 16), address(at + 20));
        check(segment.offset(), segment.fileSize());
        if (Long.compareUnsigned(segment.fileSize(), segment.memorySize()) > 0) {
            throw malformed("a segment of " + segment.fileSize() + " bytes for "
                    + Long.toUnsignedString(segment.memorySize()) + " bytes of memory");
        }
        return segment;
    }

    private List<Header> headers() {
        long table = address(wide ? 0x28 : 0x20);
        int entrySize = half(wide ? 0x3A : 0x2E);
        int count = half(wide ? 0x3C : 0x30);
        if (table == 0) {
            return List.of();
        }
        if (count == 0) {
            throw malformed("more sections than this reader supports");
        }
        if (entrySize < (wide ? 64 : 40)) {
            throw malformed("section headers of " + entrySize + " bytes");
        }
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(header(check(table, 0) + (long) i * entrySize));
        }
        return headers;
    }

    private Header header(long at) {
        if (wide) {
            return new Header(unsignedWord(at), word(at + 4), address(at + 8), address(at + 16), address(at + 24),
                    address(at + 32), unsignedWord(at + 40), address(at + 56));
        }
        return new Header(unsignedWord(at), word(at + 4), unsignedWord(at + 8), address(at + 12), address(at + 16),
                address(at + 20), unsignedWord(at + 24), address(at + 36));
    }

    private Header header(List<Header> headers, long index) {
        if (index >= headers.size()) {
            throw malformed("section " + index + " of " + headers.size());
        }
        return headers.get((int) index);
    }

    private void addSymbols(Header table, Header names, List<Elf.Section> sections, List<Elf.Symbol> symbols) {
        if (table.entrySize() != (wide ? 24 : 16)) {
            throw malformed("symbols of " + table.entrySize() + " bytes");
        }
        check(table.offset(), table.size());
        // The first symbol is empty by definition.
        for (long i = 1; i < table.size() / table.entrySize(); i++) {
            long at = table.offset() + i * table.entrySize();
            String name = name(names, unsignedWord(at));
            int section = half(at + (wide ? 6 : 14));
            Optional<String> sectionName = section > 0 && section < sections.size()
                    ? Optional.of(sections.get(section).name()) : Optional.empty();
            symbols.add(new Elf.Symbol(name, address(at + (wide ? 8 : 4)), address(at + (wide ? 16 : 8)), sectionName));
        }
    }

    /** The text at an offset of a string table, up to its '\0'. */
    private String name(Header table, long offset) {
        if (table.type() == SHT_NOBITS || offset < 0 || offset >= table.size()) {
            throw malformed("name outside its string table");
        }
        int start = check(table.offset(), table.size()) + (int) offset;
        int limit = (int) (table.offset() + table.size());
        int end = start;
        while (end < limit && bytes.get(end) != 0) {
            end++;
        }
        if (end == limit) {
            throw malformed("name without an end");
        }
        return new String(bytes.array(), start, end - start, StandardCharsets.UTF_8);
    }

    private long address(long at) {
        return wide ? bytes.getLong(check(at, 8)) : unsignedWord(at);
    }

    private long unsignedWord(long at) {
        return Integer.toUnsignedLong(word(at));
    }

    private int word(long at) {
        return bytes.getInt(check(at, 4));
    }

    private int half(long at) {
        return Short.toUnsignedInt(bytes.getShort(check(at, 2)));
    }

    private int unsignedByte(long at) {
        return Byte.toUnsignedInt(bytes.get(check(at, 1)));
    }

    /** The offset, when that many bytes from there on are in the file. */
    private int check(long offset, long size) {
        if (offset < 0 || size < 0 || offset > bytes.limit() || size > bytes.limit() - offset) {
            throw malformed("truncated: " + size + " bytes at " + Long.toUnsignedString(offset) + " are missing");
        }
        return (int) offset;
    }

    private MalformedFile malformed(String problem) {
        return new MalformedFile(file, problem);
    }
}
