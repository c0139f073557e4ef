package qcc.tests.gap8;

import java.util.List;
import java.util.stream.Stream;
import qcc.target.Installation;
import qcc.target.Target;
import qcc.target.Targets;

/**
 * Where a network is verified.
 *
 * @param target its name
 * @param cores  of the cluster that work
 */
record Machine(String target, int cores) {
    /** The simulator, which counts cycles. */
    static final String SIMULATOR = "gap8";
    private static final int ALL_CORES = 8;

    /** The simulator with any number of cores, and QEMU with both builds. */
    static List<Machine> all() {
        return Stream.concat(Stream.of(1, 2, 4, ALL_CORES).map(cores -> new Machine(SIMULATOR, cores)),
                Stream.of("gap8-virt", "gap8-virt-xpulp").map(name -> new Machine(name, ALL_CORES))).toList();
    }

    boolean hasOneCore() {
        return cores == 1;
    }

    boolean hasAllCores() {
        return cores == ALL_CORES;
    }

    Target load(Installation installation) {
        return new Targets(installation).load(target).withCores(cores).orElseThrow();
    }

    @Override
    public String toString() {
        return target + " with " + cores + (hasOneCore() ? " core" : " cores");
    }
}
