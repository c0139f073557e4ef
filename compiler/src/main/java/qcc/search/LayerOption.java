package qcc.search;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import qcc.ops.RequantizedOperation;
import qcc.program.Program;
import qcc.program.Step;

/**
 * One number of bits for one layer.
 *
 * @param layer        its name
 * @param bits         of its weights
 * @param error        what it adds to the error of the network's results when only this layer has so many bits
 * @param flashBytes   of the layer's constants
 * @param instructions of the layer; 0 when they were not counted
 * @param code         the parts of the code that it needs, by name; other layers may need the same ones
 */
public record LayerOption(String layer, int bits, double error, long flashBytes, long instructions, Set<String> code) {
    public LayerOption {
        code = Set.copyOf(code);
    }

    /** An option as it is in a program that took it. */
    static LayerOption of(String layer, int bits, double error, Program program, long instructions) {
        return new LayerOption(layer, bits, error, flashBytes(layer, program), instructions,
                step(layer, program).map(LayerOption::code).orElse(Set.of()));
    }

    /** Flash of a layer's constants; none if the layer was optimised away. */
    static long flashBytes(String layer, Program program) {
        return step(layer, program).map(step -> (long) program.constantBytes(step)).orElse(0L);
    }

    private static Optional<Step> step(String layer, Program program) {
        return program.steps().stream().filter(step -> step.name().equals(layer)).findFirst();
    }

    /** What a layer's call may have in common with those of other layers: kernel and rule, and what unpacks its weights. */
    private static Set<String> code(Step step) {
        Set<String> parts = new TreeSet<>();
        String rule = step.operation() instanceof RequantizedOperation operation
                ? operation.requantization().rule().getClass().getSimpleName() : "";
        parts.add(step.kernel().name() + " " + step.literals().getOrDefault("packed_bits", 0) + " " + rule);
        step.unpacking().ifPresent(unpacking -> parts.add(unpacking.flip().orElse("unpacked")));
        return parts;
    }
}
