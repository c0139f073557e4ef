package qcc.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A core family or board, as its folder describes it; see {@code targets/README.md} for the keys.
 *
 * @param name         of the folder
 * @param sources      C files of the target, found through inheritance
 * @param headers      headers that go with them
 * @param linkerScript absent where the system's own serves
 * @param flash        absent where there is no limit
 * @param ram          absent where there is no limit
 * @param stackBytes   kept free at the end of RAM
 * @param kernels      most specific first: those written for this core, then the portable ones
 * @param costs        what these kernels' work takes on this core
 * @param emulators    lines that name what runs the firmware, the preferred one first; see {@code emulator/README.md}
 * @param emulatorFiles what an emulator reads, by its name in the project's folder {@code target}
 * @param openocd      options by which OpenOCD finds the board; absent where there is nothing to flash
 * @param counter      absent where instructions cannot be counted
 * @param cycles       absent where there is no model of the core
 * @param cluster      absent where the core that runs the firmware is all there is
 * @param sdkSources   C files that take the place of {@code sources} where the vendor's SDK builds the project; empty
 *                     where there is no SDK
 */
public record Target(String name, String description, String compiler, List<String> cpuFlags, List<String> linkFlags,
        List<Path> sources, List<Path> headers, Optional<Path> linkerScript, Optional<Memory> flash,
        Optional<Memory> ram, long stackBytes, List<KernelRow> kernels, KernelCosts costs, List<String> emulators,
        Map<String, String> emulatorFiles, Optional<Counter> counter, Optional<Cycles> cycles,
        Optional<String> openocd, List<String> packages, Optional<Cluster> cluster, List<Path> sdkSources) {

    /** The same target, of whose cluster so many cores work; empty where it has not so many, or they are no power of two. */
    public Optional<Target> withCores(int cores) {
        return cluster.filter(all -> cores >= 1 && cores <= all.cores() && Integer.bitCount(cores) == 1)
                .map(all -> with(new Cluster(cores, all.localBytes(), all.dmaBytes()), emulators));
    }

    /** The same target, for which only these kernels are written. */
    public Target withKernels(List<KernelRow> rows) {
        return new Target(name, description, compiler, cpuFlags, linkFlags, sources, headers, linkerScript, flash, ram,
                stackBytes, rows, costs, emulators, emulatorFiles, counter, cycles, openocd, packages, cluster,
                sdkSources);
    }

    /** The same target, on which kernels cost this. */
    Target withCosts(KernelCosts others) {
        return new Target(name, description, compiler, cpuFlags, linkFlags, sources, headers, linkerScript, flash, ram,
                stackBytes, kernels, others, emulators, emulatorFiles, counter, cycles, openocd, packages, cluster,
                sdkSources);
    }

    /** The same target with another cluster, in other emulators. */
    public Target with(Cluster other, List<String> lines) {
        return new Target(name, description, compiler, cpuFlags, linkFlags, sources, headers, linkerScript, flash, ram,
                stackBytes, kernels, costs, lines, emulatorFiles, counter, cycles, openocd, packages, Optional.of(other),
                sdkSources);
    }

    /**
     * Cores that run the network together, in tiles that a DMA brings into a small memory of theirs.
     *
     * @param cores      a power of two
     * @param localBytes of their memory that tiles may take
     * @param dmaBytes   that the DMA moves in ten cycles
     */
    public record Cluster(int cores, long localBytes, int dmaBytes) {
    }

    /** Whether code, constants and variables share one memory. */
    public boolean hasOneMemory() {
        return flash.isPresent() && flash.map(Memory::origin).equals(ram.map(Memory::origin));
    }

    /** Whether the core is a Cortex-M, by what the compiler is told. */
    public boolean isCortexM() {
        return cpuFlags.stream().anyMatch(flag -> flag.startsWith("-mcpu=cortex-m"));
    }

    /**
     * What instructions take, in cycles; see {@code targets/README.md}.
     *
     * @param load     a load
     * @param nextLoad a load right behind another one
     * @param pair     a load or store of two words
     * @param branch   a branch that is taken
     */
    public record Cycles(int load, int nextLoad, int pair, int branch) {
    }

    /**
     * A timer by which an emulator counts instructions.
     *
     * @param kind    as {@code qcc_counter.h} names it, in small letters
     * @param address of its registers
     * @param mhz     ticks in a microsecond
     * @param only    the name of the emulator that has this timer; empty: it is a timer of the board
     */
    public record Counter(String kind, String address, String mhz, String only) {

        /** Whether firmware that runs in this emulator can count by the timer. */
        public boolean isIn(String emulator) {
            return only.isEmpty() || only.equals(emulator);
        }

        /** What it counts: cycles where the emulator has a model of them. */
        public String unit() {
            return kind.equals("cycle_counter") ? "cycles" : "instructions";
        }
    }

}
