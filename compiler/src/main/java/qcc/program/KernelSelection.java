package qcc.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.model.Goal;
import qcc.target.KernelRow;
import qcc.target.Target;

/**
 * Chooses a kernel for every node. Those that are chosen by cost are weighed against each other: {@link Goal#SPEED} takes the
 * fewest instructions, {@link Goal#SIZE} the fewest bytes of constants. {@link Goal#BALANCED} begins with the fewest
 * bytes and takes a faster kernel, the best bargain first, as long as it saves the network a larger part of its
 * instructions than {@link #PRICE} times the part by which its constants grow. Of others the first kernel
 * whose condition holds is taken.
 */
public final class KernelSelection {
    /** Per cent of instructions that one per cent of flash has to save. */
    private static final double PRICE = 2;
    private static final Comparator<KernelOptions.Option> FASTEST =
            Comparator.comparingLong(option -> option.instructions().orElseThrow());
    private static final Comparator<KernelOptions.Option> SMALLEST =
            Comparator.comparingLong(KernelOptions.Option::flashBytes).thenComparing(FASTEST);

    private final Target target;
    private final Goal goal;

    private KernelSelection(Target target, Goal goal) {
        this.target = target;
        this.goal = goal;
    }

    /** The choice for each node of an INTEGER graph, in its order. */
    public static List<KernelOptions> of(Graph graph, Target target, Goal goal) {
        KernelSelection selection = new KernelSelection(target, goal);
        List<KernelOptions> choices = new ArrayList<>(graph.nodes().stream().map(selection::choose).toList());
        while (goal == Goal.BALANCED && takeBestBargain(choices)) {
            // Each makes the network faster and the next one relatively dearer.
        }
        return choices;
    }

    /** The chosen kernel. */
    static KernelChoice chosen(KernelOptions options, Target target) {
        return KernelChoice.of(options.node(), rows(options.node(), target)
                .filter(row -> row.name().equals(options.chosen().kernel())).findFirst().orElseThrow());
    }

    private static Stream<KernelRow> rows(Node node, Target target) {
        String operation = node.operation().mnemonic();
        return Stream.concat(target.kernels().stream(), Stream.of(KernelRow.portable(operation)))
                .filter(row -> row.operation().equals(operation));
    }

    private KernelOptions choose(Node node) {
        Map<String, Integer> facts = LayerFacts.of(node);
        List<KernelOptions.Option> all = rows(node, target).map(row -> option(node, row, facts)).distinct().toList();
        KernelOptions.Option first = all.stream().filter(option -> option.unmet().isEmpty()).findFirst().orElseThrow();
        KernelOptions options = new KernelOptions(node, first, all);
        Comparator<KernelOptions.Option> order = goal == Goal.SPEED ? FASTEST : SMALLEST;
        return options.with(options.weighed().stream().min(order).orElse(first));
    }

    private KernelOptions.Option option(Node node, KernelRow row, Map<String, Integer> facts) {
        KernelChoice choice = KernelChoice.of(node, row);
        Optional<String> unmet = choice.wantsBytes() ? Optional.of("weights of more than 4 bits")
                : row.when().unmet(facts);
        OptionalLong instructions = unmet.isEmpty()
                ? target.costs().of(row, LayerFacts.of(node, choice.requantization())) : OptionalLong.empty();
        return new KernelOptions.Option(row.name(), unmet, instructions,
                instructions.isPresent() && row.choice() == KernelRow.Choice.BY_COST,
                unmet.isEmpty() ? choice.flashBytes() : 0);
    }

    /** Exchanges one kernel for a faster one, if any is worth its flash. */
    private static boolean takeBestBargain(List<KernelOptions> choices) {
        double instructions = choices.stream().filter(c -> c.chosen().weighed())
                .mapToLong(c -> c.chosen().instructions().orElseThrow()).sum();
        double bytes = choices.stream().mapToLong(c -> c.chosen().flashBytes()).sum();
        OptionalInt place = OptionalInt.empty();
        KernelOptions best = null;
        double bestGain = 0;
        for (int i = 0; i < choices.size(); i++) {
            KernelOptions.Option now = choices.get(i).chosen();
            for (KernelOptions.Option other : choices.get(i).weighed()) {
                double saved = (now.instructions().orElseThrow() - other.instructions().orElseThrow()) / instructions;
                double gain = saved - PRICE * (other.flashBytes() - now.flashBytes()) / bytes;
                if (gain > bestGain) {
                    bestGain = gain;
                    place = OptionalInt.of(i);
                    best = choices.get(i).with(other);
                }
            }
        }
        if (place.isPresent()) {
            choices.set(place.getAsInt(), best);
        }
        return place.isPresent();
    }
}
