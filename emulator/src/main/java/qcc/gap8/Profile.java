package qcc.gap8;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts instructions and cycles of all cores together, by address, and adds them up by symbol. */
final class Profile implements Observer {
    private final long[] instructions = new long[Memory.SIZE / 2];
    private final long[] cycles = new long[Memory.SIZE / 2];

    /** What a symbol took on all cores together. */
    record Entry(String symbol, long instructions, long cycles) {
    }

    @Override
    public void executed(Core core, int pc, int slot, int cost) {
        instructions[slot]++;
        cycles[slot] += cost;
    }

    /** The symbols that were executed, the one with the most cycles first. */
    List<Entry> entries(Symbols symbols) {
        Map<String, Entry> entries = new TreeMap<>();
        for (int slot = 0; slot < instructions.length; slot++) {
            if (instructions[slot] != 0) {
                String name = symbols.name(Memory.address(slot * 2));
                entries.merge(name, new Entry(name, instructions[slot], cycles[slot]), (one, other) -> new Entry(name,
                        one.instructions() + other.instructions(), one.cycles() + other.cycles()));
            }
        }
        return entries.values().stream().sorted(Comparator.comparingLong(Entry::cycles).reversed()
                .thenComparing(Entry::symbol)).toList();
    }
}
