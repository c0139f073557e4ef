package qcc.emulator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The emulators there are, by the first word of a target description's {@code emulator} line. */
public final class Emulators {
    private static final Map<String, BiFunction<List<String>, Tools, Emulator>> KNOWN = new TreeMap<>(Map.of(
            "gap8", Gap8Simulator::of,
            Gvsoc.NAME, Gvsoc::of,
            "native", NativeHost::of,
            "qemu-system-arm", Qemu::of,
            "qemu-system-riscv32", Qemu::of,
            Renode.PROGRAM, Renode::of));

    private Emulators() {
    }

    /**
     * The emulator that a line such as {@code qemu-system-arm -M mps2-an386} or {@code native} stands for. It need not
     * be installed yet.
     *
     * @throws IllegalArgumentException when the line names no known emulator or its options are wrong; the message is
     *                                  fit for a user
     */
    public static Emulator of(String line, Tools tools) {
        List<String> words = List.of(line.strip().split("\\s+"));
        BiFunction<List<String>, Tools, Emulator> factory = KNOWN.get(words.get(0));
        if (factory == null) {
            throw new IllegalArgumentException("unknown emulator `" + words.get(0) + "`; known are "
                    + String.join(", ", KNOWN.keySet()));
        }
        return factory.apply(words, tools);
    }
}
