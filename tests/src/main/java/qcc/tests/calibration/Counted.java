package qcc.tests.calibration;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a layer took.
 *
 * @param kernel       that computed it
 * @param role         what it is counted for
 * @param facts        of the layer
 * @param instructions counted in the emulator
 */
record Counted(String kernel, Role role, Map<String, Integer> facts, long instructions) {

    /** What counts are for. */
    enum Role {
        /** Prices are fitted to it. */
        FITTED(1),
        /** A layer of a real network, which several made-up ones do not outweigh. */
        MODEL(20),
        /** It only judges prices that were fitted to others. */
        HELD(0);

        private final double weight;

        Role(double weight) {
            this.weight = weight;
        }

        /** In the fit. */
        double weight() {
            return weight;
        }
    }

    /** A line of a file of counts. */
    static Counted parse(String line) {
        String[] words = line.split(" ");
        Map<String, Integer> facts = Arrays.stream(words).skip(3).map(word -> word.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.valueOf(pair[1])));
        return new Counted(words[0], Role.valueOf(words[1]), facts, Long.parseLong(words[2]));
    }

    @Override
    public String toString() {
        return kernel + " " + role + " " + instructions + " " + new TreeMap<>(facts).entrySet().stream()
                .map(Object::toString).collect(Collectors.joining(" "));
    }
}
