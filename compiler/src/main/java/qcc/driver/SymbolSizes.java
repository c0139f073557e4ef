package qcc.driver;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import qcc.emulator.Elf;

/** How many bytes each named thing in a linked firmware takes. */
final class SymbolSizes {
    private SymbolSizes() {
    }

    /** Functions, constants and initialised variables; equal names of several files are added up. */
    static Map<String, Long> flash(Elf elf) {
        return in(elf, Elf.Section::isLoaded);
    }

    static Map<String, Long> ram(Elf elf) {
        return in(elf, section -> section.isAllocated() && section.isWritable());
    }

    private static Map<String, Long> in(Elf elf, Predicate<Elf.Section> wanted) {
        Map<String, Long> sizes = new TreeMap<>();
        for (Elf.Symbol symbol : elf.symbols()) {
            if (symbol.size() > 0 && symbol.section().flatMap(elf::section).filter(wanted).isPresent()) {
                sizes.merge(symbol.name(), symbol.size(), Long::sum);
            }
        }
        return sizes;
    }
}
