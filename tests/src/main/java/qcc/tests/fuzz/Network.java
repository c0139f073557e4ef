package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import qcc.ir.Interval;
import qcc.tensor.Shape;

/**
 * A model that can be changed piece by piece and printed as QDSL.
 *
 * @param inputs   in order
 * @param bindings in order; each reads inputs and earlier bindings
 * @param outputs  names of bindings, at least one
 * @param settings lines of the quantize section
 * @param seed     of the random parameters and calibration samples
 */
record Network(List<Input> inputs, List<Binding> bindings, List<String> outputs, List<String> settings, long seed) {

    Network {
        inputs = List.copyOf(inputs);
        bindings = List.copyOf(bindings);
        outputs = List.copyOf(outputs);
        settings = List.copyOf(settings);
    }

    /** An input of the model. */
    record Input(String name, Shape shape, Optional<Interval> range) {

        @Override
        public String toString() {
            return name + ": " + shape + range.map(r -> " in [" + r.low() + ", " + r.high() + "]").orElse("");
        }
    }

    Network withInputs(List<Input> others) {
        return new Network(others, bindings, outputs, settings, seed);
    }

    Network withBindings(List<Binding> others) {
        return new Network(inputs, others, outputs, settings, seed);
    }

    Network withOutputs(List<String> others) {
        return new Network(inputs, bindings, others, settings, seed);
    }

    Network withSettings(List<String> others) {
        return new Network(inputs, bindings, outputs, others, seed);
    }

    /** The shape of every tensor; raises {@link Invalid} when the network is not well-formed. */
    Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach(input -> shapes.put(input.name(), input.shape()));
        for (Binding binding : bindings) {
            for (String operand : binding.operands()) {
                if (!shapes.containsKey(operand)) {
                    throw new Invalid(operand + " is not defined");
                }
            }
            shapes.put(binding.name(), binding.apply(shapes).shape());
        }
        return shapes;
    }

    /** Without the bindings and inputs that no output needs. */
    Network withoutDeadParts() {
        Set<String> needed = new HashSet<>(outputs);
        List<Binding> kept = new ArrayList<>();
        for (int i = bindings.size() - 1; i >= 0; i--) {
            if (needed.contains(bindings.get(i).name())) {
                kept.add(0, bindings.get(i));
                needed.addAll(bindings.get(i).operands());
            }
        }
        return withBindings(kept).withInputs(inputs.stream().filter(i -> needed.contains(i.name())).toList());
    }

    /** The number of layers written in the text. */
    int layers() {
        return bindings.stream().mapToInt(b -> b.stages().size()).sum();
    }

    /** A complete QDSL file. */
    String text() {
        String head = inputs.stream().map(Input::toString).collect(Collectors.joining(", "));
        String calibrate = settings.stream().anyMatch(s -> s.startsWith("calibrate"))
                ? "" : "    calibrate random(" + seed + ", 8)\n";
        return "model fuzz(" + head + ") -> " + String.join(", ", outputs) + " {\n"
                + bindings.stream().map(Binding::text).collect(Collectors.joining())
                + "}\n\nparameters random(" + seed + ")\n\nquantize {\n"
                + settings.stream().map(line -> "    " + line + "\n").collect(Collectors.joining())
                + calibrate + "}\n";
    }
}
