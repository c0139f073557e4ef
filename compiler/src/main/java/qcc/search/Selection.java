package qcc.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * Chooses one option for each layer, with the least sum of errors within the limits, as an integer linear program: a
 * variable of 0 or 1 for each option and each part of the code, one option for each layer, no option without its parts,
 * one linear constraint for each limit.
 */
final class Selection {
    /** Errors are counted in these shares of their sum: differences below mean nothing, and break ties by flash. */
    private static final double RESOLUTION = 1e-6;

    private Selection() {
    }

    /**
     * The bits of each layer; nothing if no choice keeps the limits.
     *
     * @param options      in a fixed order, which decides nothing
     * @param code         what its parts take
     * @param flashLimit   for the whole firmware
     * @param instructions for the sum of the options' instructions
     */
    static Optional<Map<String, Integer>> choose(List<LayerOption> options, CodeCosts code, long flashLimit,
            long instructions) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        double total = options.stream().mapToDouble(LayerOption::error).sum();
        long mostFlash = Math.max(1, options.stream().mapToLong(LayerOption::flashBytes).max().orElse(1));
        Map<LayerOption, Variable> variables = new LinkedHashMap<>();
        for (LayerOption option : options) {
            double share = total == 0 ? 0 : option.error() / total;
            variables.put(option, model.newVariable(option.layer() + "." + option.bits()).binary()
                    .weight(share + RESOLUTION * option.flashBytes() / mostFlash));
        }
        Map<String, List<LayerOption>> byLayer = options.stream()
                .collect(Collectors.groupingBy(LayerOption::layer, LinkedHashMap::new, Collectors.toList()));
        byLayer.forEach((layer, choices) -> {
            Expression one = model.newExpression(layer).level(1);
            choices.forEach(option -> one.set(variables.get(option), 1));
        });
        limit(model, "instructions", variables, LayerOption::instructions, instructions);
        limit(model, "flash", variables, LayerOption::flashBytes,
                flashLimit == Long.MAX_VALUE ? flashLimit : (long) Math.floor(flashLimit - code.rest()))
                .ifPresent(flash -> CodeCosts.partsOf(options).forEach(part -> {
                    Variable isNeeded = model.newVariable(part).binary();
                    flash.set(isNeeded, code.of(part));
                    options.stream().filter(option -> option.code().contains(part)).forEach(option -> model
                            .newExpression(option.layer() + "." + option.bits() + " needs " + part).upper(0)
                            .set(variables.get(option), 1).set(isNeeded, -1));
                }));
        Optimisation.Result result = model.minimise();
        if (!result.getState().isFeasible()) {
            return Optional.empty();
        }
        Map<String, Integer> chosen = new LinkedHashMap<>();
        List<LayerOption> order = new ArrayList<>(variables.keySet());
        for (int i = 0; i < order.size(); i++) {
            if (result.doubleValue(i) > 0.5) {
                chosen.put(order.get(i).layer(), order.get(i).bits());
            }
        }
        return Optional.of(chosen);
    }

    private static Optional<Expression> limit(ExpressionsBasedModel model, String name,
            Map<LayerOption, Variable> variables, ToLongFunction<LayerOption> cost, long limit) {
        if (limit == Long.MAX_VALUE) {
            return Optional.empty();
        }
        Expression sum = model.newExpression(name).upper(limit);
        variables.forEach((option, variable) -> sum.set(variable, cost.applyAsLong(option)));
        return Optional.of(sum);
    }
}
