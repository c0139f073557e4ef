package qcc.writer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.ops.Operators;
import qcc.ops.attributes.Literal;

/**
 * Segments that are alike, as uses of one block. Arguments that differ between them become the block's parameters;
 * those that always take the same values share one.
 */
final class Pattern {
    private final List<Segment> uses;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<Place, Parameter> byPlace = new LinkedHashMap<>();

    /** An argument of the block's {@code layer}-th layer. */
    private record Place(int layer, String argument) {
    }

    /**
     * A parameter of the block.
     *
     * @param name     in the block
     * @param values   for each use
     * @param fallback the value of most uses, if there is one
     */
    record Parameter(String name, List<Literal> values, Optional<Literal> fallback) {
    }

    private Pattern(List<Segment> uses) {
        this.uses = List.copyOf(uses);
    }

    /** The pattern of segments that are alike; nothing if they differ in an argument that some cannot state. */
    static Optional<Pattern> of(List<Segment> uses) {
        Pattern pattern = new Pattern(uses);
        return pattern.findParameters() ? Optional.of(pattern) : Optional.empty();
    }

    private boolean findParameters() {
        for (int layer = 0; layer < length(); layer++) {
            int index = layer;
            List<LayerText> texts = uses.stream().map(use -> use.texts().get(index)).toList();
            Set<String> arguments = new TreeSet<>();
            texts.forEach(text -> arguments.addAll(text.arguments().keySet()));
            for (String argument : arguments) {
                List<Literal> values = texts.stream().flatMap(text -> text.value(argument).stream()).toList();
                if (values.size() < texts.size()) {
                    return false;
                }
                if (values.stream().distinct().count() > 1) {
                    byPlace.put(new Place(layer, argument), parameter(argument, values));
                }
            }
        }
        return true;
    }

    private Parameter parameter(String argument, List<Literal> values) {
        for (Parameter known : parameters) {
            if (known.values().equals(values)) {
                return known;
            }
        }
        String name = argument;
        for (int i = 2; isTaken(name); i++) {
            name = argument + "_" + i;
        }
        Map<Literal, Long> counts = values.stream()
                .collect(Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
        Optional<Literal> usual = counts.entrySet().stream().filter(entry -> entry.getValue() * 2 > values.size())
                .map(Map.Entry::getKey).findFirst();
        parameters.add(new Parameter(name, values, usual));
        return parameters.get(parameters.size() - 1);
    }

    private boolean isTaken(String name) {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    List<Segment> uses() {
        return uses;
    }

    /** The number of layers in the block. */
    int length() {
        return uses.get(0).nodes().size();
    }

    /** Those that every use must give first. */
    List<Parameter> parameters() {
        List<Parameter> sorted = new ArrayList<>(parameters.stream().filter(p -> p.fallback().isEmpty()).toList());
        parameters.stream().filter(p -> p.fallback().isPresent()).forEach(sorted::add);
        return sorted;
    }

    /** The arguments of a layer of the block; a parameter's name stands for its value. */
    Map<String, Literal> argumentsOf(int layer) {
        LayerText first = uses.get(0).texts().get(layer);
        Map<String, Literal> arguments = new LinkedHashMap<>();
        List<String> order = Operators.find(first.operator()).orElseThrow().schema().names();
        Stream.concat(order.stream(), first.arguments().keySet().stream()).distinct().forEach(argument -> {
            Parameter parameter = byPlace.get(new Place(layer, argument));
            if (parameter != null) {
                arguments.put(argument, new Literal.Word(parameter.name()));
            } else if (first.arguments().containsKey(argument)) {
                arguments.put(argument, first.arguments().get(argument));
            }
        });
        return arguments;
    }

    /** The arguments of the block at its {@code use}-th use. */
    Map<String, Literal> argumentsAt(int use) {
        Map<String, Literal> arguments = new LinkedHashMap<>();
        for (Parameter parameter : parameters()) {
            Literal value = parameter.values().get(use);
            if (!parameter.fallback().equals(Optional.of(value))) {
                arguments.put(parameter.name(), value);
            }
        }
        return arguments;
    }
}
