package qcc.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import qcc.emulator.Command;
import qcc.emulator.Elf;
import qcc.emulator.ProcessResult;
import qcc.emulator.ProcessRunner;
import qcc.emulator.Tools;
import qcc.program.CNames;
import qcc.program.ConstantArray;
import qcc.program.Program;

/**
 * How many bytes of code the compiler made of each layer, wherever it inlined them: the debug information of a firmware
 * says for every instruction from which functions it comes. Code that layers share, such as a kernel that was not
 * inlined, belongs to none.
 */
final class LayerCode {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** Instructions of Thumb are multiples of two bytes; an odd address of a symbol only says that it is Thumb. */
    private static final int STEP = 2;
    /** Addresses in one question: what is printed for them must fit into what is kept of a program's output. */
    private static final int BATCH = 4000;

    private final Program program;
    private final Path folder;

    /**
     * @param folder for the list of addresses
     */
    LayerCode(Program program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Bytes by the name of the layer; empty where the compiler comes without its {@code addr2line}. */
    Map<String, Long> of(Path file, String compiler) throws IOException {
        Optional<Path> tool = Tools.system().locate(compiler.replaceFirst("gcc$", "addr2line"));
        if (tool.isEmpty() || !compiler.endsWith("gcc")) {
            return Map.of();
        }
        List<String> addresses = addresses(Elf.read(file));
        Map<String, Long> bytes = new TreeMap<>();
        for (int from = 0; from < addresses.size(); from += BATCH) {
            Path list = Files.write(folder.resolve("addresses.txt"),
                    addresses.subList(from, Math.min(from + BATCH, addresses.size())));
            ProcessResult result = ProcessRunner.run(Command.of(LIMIT, tool.get().toString(), "-a", "-f", "-i", "-e",
                    file.toString(), "@" + list));
            if (!result.success()) {
                return Map.of();
            }
            count(result.stdout()).forEach((layer, size) -> bytes.merge(layer, size, Long::sum));
        }
        return bytes;
    }

    /** Of all code in the section of the run function. */
    private List<String> addresses(Elf elf) {
        Set<String> constants = program.constants().stream().map(ConstantArray::symbol).collect(Collectors.toSet());
        Optional<String> code = elf.symbol(CNames.prefix(program.name()) + "_run").flatMap(Elf.Symbol::section);
        List<String> addresses = new ArrayList<>();
        for (Elf.Symbol symbol : elf.symbols()) {
            if (symbol.section().isPresent() && symbol.section().equals(code) && !constants.contains(symbol.name())) {
                long start = symbol.address() / STEP * STEP;
                for (long address = start; address < start + symbol.size(); address += STEP) {
                    addresses.add("0x" + Long.toHexString(address));
                }
            }
        }
        return addresses;
    }

    /** After each address stand the functions that it comes from, the innermost first, each with its place. */
    private Map<String, Long> count(String output) {
        Map<String, String> layers = program.steps().stream()
                .collect(Collectors.toMap(CNames::layer, step -> step.name()));
        Map<String, Long> bytes = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        String address = "";
        for (String line : output.lines().toList()) {
            if (line.startsWith("0x")) {
                address = line;
            } else if (layers.containsKey(line) && seen.add(address)) {
                bytes.merge(layers.get(line), (long) STEP, Long::sum);
            }
        }
        return bytes;
    }
}
