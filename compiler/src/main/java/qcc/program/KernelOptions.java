package qcc.program;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import qcc.ir.Node;

/**
 * The kernel that computes a node, and what else could have.
 *
 * @param chosen one of the options
 * @param all    the kernels of the operation, in the order of the target's lists; the portable one last
 */
public record KernelOptions(Node node, Option chosen, List<Option> all) {
    public KernelOptions {
        all = List.copyOf(all);
    }

    /**
     * A kernel for a node.
     *
     * @param kernel       without {@code qcc_}
     * @param unmet        the part of its condition that does not hold; absent when it can compute the node
     * @param instructions the estimate for one run, where the target knows the kernel's costs
     * @param weighed      whether it is chosen by cost, rather than by its place in the list
     * @param flashBytes   of the constants as it wants them
     */
    public record Option(String kernel, Optional<String> unmet, OptionalLong instructions, boolean weighed,
            long flashBytes) {
    }

    KernelOptions with(Option other) {
        return new KernelOptions(node, other, all);
    }

    /** The options that are weighed against each other: those that serve, before the first one that is not. */
    List<Option> weighed() {
        return all.stream().filter(option -> option.unmet().isEmpty())
                .takeWhile(Option::weighed).toList();
    }
}
