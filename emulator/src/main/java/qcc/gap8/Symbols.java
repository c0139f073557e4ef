package qcc.gap8;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import qcc.emulator.Elf;

/** The names of the code: every address belongs to the last symbol at or before it, within its section. */
final class Symbols {
    /** Where code is that no symbol names. */
    static final String NONE = "(no symbol)";

    private final TreeMap<Long, String> names = new TreeMap<>();

    Symbols(Elf elf) {
        Map<String, Elf.Section> code = elf.sections().stream().filter(Elf.Section::isExecutable)
                .collect(Collectors.toMap(Elf.Section::name, section -> section, (first, second) -> first));
        code.values().forEach(section -> {
            names.put(section.address(), NONE);
            names.putIfAbsent(section.address() + section.size(), NONE);
        });
        // Functions have a size and win over mere labels at the same address; then the name decides.
        List<Elf.Symbol> symbols = elf.symbols().stream()
                .filter(symbol -> symbol.section().map(code::containsKey).orElse(false) && isName(symbol.name()))
                .sorted(Comparator.comparingLong(Elf.Symbol::size).thenComparing(Elf.Symbol::name,
                        Comparator.reverseOrder())).toList();
        symbols.forEach(symbol -> names.put(symbol.address(), symbol.name()));
    }

    /** Not the marks that assemblers leave. */
    private static boolean isName(String name) {
        return !name.isEmpty() && !name.startsWith("$") && !name.startsWith(".L");
    }

    /** The symbol that an address belongs to, or {@link #NONE}. */
    String name(int address) {
        return Optional.ofNullable(names.floorEntry(Integer.toUnsignedLong(address))).map(Map.Entry::getValue)
                .orElse(NONE);
    }

    /** Symbol and distance from it, such as {@code main+0x12}. */
    String place(int address) {
        Map.Entry<Long, String> entry = names.floorEntry(Integer.toUnsignedLong(address));
        if (entry == null || entry.getValue().equals(NONE)) {
            return NONE;
        }
        long distance = Integer.toUnsignedLong(address) - entry.getKey();
        return entry.getValue() + (distance == 0 ? "" : String.format("+0x%x", distance));
    }
}
