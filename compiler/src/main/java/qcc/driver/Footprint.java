package qcc.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import qcc.emulator.Elf;
import qcc.emulator.StackBound;
import qcc.emulator.StackUsage;
import qcc.emulator.Tools;
import qcc.files.Reason;
import qcc.program.CNames;

/**
 * The memory that the application of a project needs, measured by building it once.
 *
 * @param flashBytes loaded sections of the linked firmware
 * @param ramBytes   writable sections of the linked firmware; without the stack
 * @param stack      worst case of one run, from the compiler's call graph
 * @param compiler   name and version
 * @param symbols    bytes of flash by name: functions, constants, initial values
 * @param variables  bytes of RAM by name
 * @param layerCode  bytes of code by layer, as far as it belongs to one layer; empty where that is not known or was not
 *                   asked for
 */
public record Footprint(long flashBytes, long ramBytes, StackBound stack, String compiler,
        Map<String, Long> symbols, Map<String, Long> variables, Map<String, Long> layerCode) {
    /** Where the compiler is wrapped in ccache, a hit would give the object without its call graph. */
    private static final Map<String, String> MEASURED = Map.of(
            FirmwareBuild.EXTRA_FLAGS, "-fcallgraph-info=su", "CCACHE_DISABLE", "1");
    /** Debug information changes no code. That of variables takes the compiler long, and nobody reads it. */
    private static final Map<String, String> MEASURED_BY_LAYER = Map.of(
            FirmwareBuild.EXTRA_FLAGS, "-fcallgraph-info=su -g -fno-var-tracking", "CCACHE_DISABLE", "1");

    /** Measures a project; nothing where the target's compiler is not what builds it, is not installed, or limits nothing. */
    public static Optional<Footprint> measure(Project project) {
        return measure(project, MEASURED, (elf, build) -> Map.of());
    }

    /** Also measures the code of each layer, which takes about twice as long. */
    public static Optional<Footprint> measureByLayer(Project project) {
        return measure(project, MEASURED_BY_LAYER, (elf, build) -> new LayerCode(project.program(), build.folder())
                .of(elf, project.target().compiler()));
    }

    /** What a built firmware has of each layer. */
    @FunctionalInterface
    private interface LayerMeasure {
        Map<String, Long> of(Path elf, FirmwareBuild build) throws IOException;
    }

    private static Optional<Footprint> measure(Project project, Map<String, String> flags, LayerMeasure layers) {
        Tools tools = Tools.system();
        boolean possible = !project.emulator().needsSdk() && project.target().linkerScript().isPresent()
                && tools.locate(project.target().compiler()).isPresent() && tools.locate("make").isPresent();
        if (!possible) {
            return Optional.empty();
        }
        String prefix = CNames.prefix(project.program().name());
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            Path file = build.make("build/" + prefix + ".elf", flags);
            Elf elf = Elf.read(file);
            StackBound stack = StackUsage.read(callGraphs(build.folder()), CompilerLibrary.STACK).of(prefix + "_run");
            return Optional.of(new Footprint(elf.flashSize(), elf.ramSize(), stack,
                    tools.version(project.target().compiler()), SymbolSizes.flash(elf), SymbolSizes.ram(elf),
                    layers.of(file, build)));
        } catch (IOException e) {
            throw FirmwareBuild.unwritable(Reason.of(e));
        }
    }

    /** Of the model and of the target, whose memset the compiler may call. */
    private static List<Path> callGraphs(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".ci")).sorted().toList();
        }
    }

    /** The worst case in bytes; absent if it is not bounded. */
    public Optional<Long> stackBytes() {
        return stack instanceof StackBound.Bounded bounded ? Optional.of(bounded.bytes()) : Optional.empty();
    }

    /** The stack for people to read. */
    public String stackText() {
        return stack instanceof StackBound.Unknown unknown ? "not bounded: " + unknown.reason()
                : stackBytes().orElseThrow() + " bytes at most in one run";
    }
}
