package qcc.tests.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import qcc.ops.attributes.Literal;
import qcc.tensor.Shape;

/** The networks that are one step simpler than a given one, the simplest first. Some are not well-formed. */
final class Reductions {
    private final Network network;

    private Reductions(Network network) {
        this.network = network;
    }

    /** All simpler networks. */
    static List<Network> of(Network network) {
        Reductions r = new Reductions(network);
        return Stream.of(r.fewerOutputs(), r.cutBindings(), r.dropBindings(), r.dropStages(), r.withoutRepetition(),
                r.dropSettings(), r.simplerArguments(), r.smallerInputs(), r.plainRanges())
                .flatMap(List::stream).map(Network::withoutDeadParts).filter(n -> !n.equals(network)).toList();
    }

    /** Also with an earlier tensor as the only output. */
    private List<Network> fewerOutputs() {
        List<Network> result = new ArrayList<>();
        network.bindings().forEach(binding -> result.add(network.withOutputs(List.of(binding.name()))));
        for (int i = 0; network.outputs().size() > 1 && i < network.outputs().size(); i++) {
            result.add(network.withOutputs(without(network.outputs(), i)));
        }
        return result;
    }

    /** A binding becomes an input of the same shape. */
    private List<Network> cutBindings() {
        List<Network> result = new ArrayList<>();
        Map<String, Shape> shapes = network.shapes();
        for (int i = 0; i < network.bindings().size(); i++) {
            String name = network.bindings().get(i).name();
            if (!network.outputs().contains(name)) {
                List<Network.Input> inputs = new ArrayList<>(network.inputs());
                inputs.add(new Network.Input(name, shapes.get(name), Optional.empty()));
                result.add(network.withInputs(inputs).withBindings(without(network.bindings(), i)));
            }
        }
        return result;
    }

    /** A binding's readers read one of its operands instead. */
    private List<Network> dropBindings() {
        List<Network> result = new ArrayList<>();
        for (int i = 0; i < network.bindings().size(); i++) {
            Binding binding = network.bindings().get(i);
            for (String operand : binding.operands()) {
                Map<String, String> names = new HashMap<>(Map.of(binding.name(), operand));
                List<Binding> rest = without(network.bindings(), i).stream().map(b -> b.renamed(names)).toList();
                if (!network.outputs().contains(binding.name())) {
                    result.add(network.withBindings(rest));
                }
            }
        }
        return result;
    }

    private List<Network> dropStages() {
        List<Network> result = new ArrayList<>();
        forEachStage((b, s, stage) -> {
            Binding binding = network.bindings().get(b);
            if (s > 0 || binding.operands().size() == 1) {
                result.add(replace(b, binding.withStages(without(binding.stages(), s))));
            }
        });
        return result;
    }

    private List<Network> withoutRepetition() {
        List<Network> result = new ArrayList<>();
        for (int b = 0; b < network.bindings().size(); b++) {
            Binding binding = network.bindings().get(b);
            if (binding.block() > 1) {
                result.add(replace(b, binding.withBlock(1)));
            }
            result.add(replace(b, binding.withBlock(0)));
        }
        forEachStage((b, s, stage) -> result.add(replace(b, s, stage.repeated(1))));
        return result;
    }

    private List<Network> dropSettings() {
        return IntStream.range(0, network.settings().size())
                .mapToObj(i -> network.withSettings(without(network.settings(), i))).toList();
    }

    private List<Network> simplerArguments() {
        List<Network> result = new ArrayList<>();
        forEachStage((b, s, stage) -> {
            for (int i = 0; i < stage.options().size(); i++) {
                result.add(replace(b, s, stage.withOptions(Stage.replaced(stage.options(), i, null))));
            }
            for (int i = 0; i < stage.arguments().size(); i++) {
                result.add(replace(b, s, stage.withArguments(Stage.replaced(stage.arguments(), i, null))));
                for (Literal simpler : simpler(stage.arguments().get(i).value())) {
                    result.add(replace(b, s, stage.withArguments(Stage.replaced(stage.arguments(), i, simpler))));
                }
            }
        });
        return result;
    }

    /** Smaller integers; lists with one smaller element. */
    private static List<Literal> simpler(Literal literal) {
        if (literal instanceof Literal.Number number && number.integer()) {
            return smaller((int) number.value()).stream().map(n -> Literal.integer(n)).toList();
        }
        List<Literal> result = new ArrayList<>();
        if (literal instanceof Literal.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                for (Literal item : simpler(sequence.items().get(i))) {
                    List<Literal> items = new ArrayList<>(sequence.items());
                    items.set(i, item);
                    result.add(new Literal.Sequence(items));
                }
            }
        }
        return result;
    }

    private static List<Integer> smaller(int number) {
        return Stream.of(0, 1, number / 2, number - 1).filter(n -> n >= 0 && n < number).distinct().toList();
    }

    private List<Network> smallerInputs() {
        List<Network> result = new ArrayList<>();
        for (int i = 0; i < network.inputs().size(); i++) {
            Network.Input input = network.inputs().get(i);
            for (int axis = 0; axis < input.shape().rank(); axis++) {
                for (int extent : smaller(input.shape().dim(axis))) {
                    List<Integer> dims = new ArrayList<>(input.shape().dims());
                    dims.set(axis, extent);
                    result.add(replace(i, new Network.Input(input.name(), new Shape(dims), input.range())));
                }
            }
        }
        return result;
    }

    private List<Network> plainRanges() {
        List<Network> result = new ArrayList<>();
        for (int i = 0; i < network.inputs().size(); i++) {
            Network.Input input = network.inputs().get(i);
            result.add(replace(i, new Network.Input(input.name(), input.shape(), Optional.empty())));
        }
        return result;
    }

    /** Sees a stage with its place. */
    @FunctionalInterface
    private interface StageVisitor {
        void visit(int binding, int index, Stage stage);
    }

    private void forEachStage(StageVisitor visitor) {
        for (int b = 0; b < network.bindings().size(); b++) {
            List<Stage> stages = network.bindings().get(b).stages();
            for (int s = 0; s < stages.size(); s++) {
                visitor.visit(b, s, stages.get(s));
            }
        }
    }

    private Network replace(int binding, int index, Stage stage) {
        Binding old = network.bindings().get(binding);
        return replace(binding, old.withStages(with(old.stages(), index, stage)));
    }

    private Network replace(int index, Binding binding) {
        return network.withBindings(with(network.bindings(), index, binding));
    }

    private Network replace(int index, Network.Input input) {
        return network.withInputs(with(network.inputs(), index, input));
    }

    private static <T> List<T> with(List<T> list, int index, T item) {
        List<T> changed = new ArrayList<>(list);
        changed.set(index, item);
        return changed;
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> changed = new ArrayList<>(list);
        changed.remove(index);
        return changed;
    }
}
