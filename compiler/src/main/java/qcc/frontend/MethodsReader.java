package qcc.frontend;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;
import qcc.model.Methods;
import qcc.model.RangeMethod;

/** Reads how quantisation is to be done: the setting {@code methods}, and the words after {@code using}. */
final class MethodsReader {
    private static final int MAX_PASSES = 1_000_000;
    private static final int MAX_SECONDS = 86_400;
    private static final double DEFAULT_SCALE_LOSS = 0.5;
    private static final int MOST_SCALE_LOSS = 100;

    private final Diagnostics diagnostics;
    private final Map<String, BiFunction<Methods, Ast.Expression, Methods>> methods = new LinkedHashMap<>();

    MethodsReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        methods.put("equalise", (chosen, expression) -> chosen.withEqualise());
        methods.put("correct_bias", this::biasCorrection);
        methods.put("adaround", this::adaRound);
    }

    /** The methods that a setting lists; those that are not understood are reported and left out. */
    Methods methods(Ast.Setting setting) {
        Methods chosen = Methods.NONE;
        if (setting.arguments().isEmpty()) {
            unknown(setting.key().span(), "`methods` names none", "");
        }
        for (Ast.Expression expression : setting.arguments()) {
            String word = word(expression);
            if (word.equals("default")) {
                chosen = Methods.DEFAULT;
            } else if (methods.containsKey(word)) {
                chosen = methods.get(word).apply(chosen, expression);
            } else if (!word.equals("none")) {
                unknown(expression.span(), "there is no method `" + word + "`", word);
            }
        }
        return chosen;
    }

    private void unknown(Span span, String message, String word) {
        diagnostics.report(Diagnostic.of(Code.E303, span, message).help(Suggestions.closest(word, methods.keySet())
                .map(close -> "did you mean `" + close + "`?").orElse("the methods are "
                        + String.join(", ", methods.keySet()) + "; `none` and `default` stand for themselves")));
    }

    private Methods biasCorrection(Methods chosen, Ast.Expression expression) {
        if (!(expression instanceof Ast.Call call)) {
            return chosen.with(Methods.BiasCorrection.EMPIRICAL);
        }
        if (call.arguments().size() == 1 && word(call.arguments().get(0).value()).equals("analytic")) {
            return chosen.with(Methods.BiasCorrection.ANALYTIC);
        }
        diagnostics.report(Diagnostic.of(Code.E303, expression.span(), "`correct_bias` is not understood")
                .help("write `correct_bias`, or `correct_bias(analytic)`"));
        return chosen;
    }

    private Methods adaRound(Methods chosen, Ast.Expression expression) {
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Integer> limits = Map.of("passes", MAX_PASSES, "seconds", MAX_SECONDS);
        for (Ast.Argument argument : expression instanceof Ast.Call call ? call.arguments() : List.<Ast.Argument>of()) {
            String name = argument.name().map(Ast.Name::text).orElse("passes");
            long value = argument.value() instanceof Ast.IntegerLiteral integer ? integer.value() : -1;
            if (value < 1 || value > limits.getOrDefault(name, 0)) {
                diagnostics.report(Diagnostic.of(Code.E303, argument.span(), "`adaround` is not understood")
                        .help("write `adaround(passes = 50, seconds = 600)`, with passes up to " + MAX_PASSES
                                + " and seconds up to " + MAX_SECONDS));
            } else {
                numbers.put(name, (int) value);
            }
        }
        return chosen.with(new Methods.AdaRound(numbers.getOrDefault("passes", Methods.AdaRound.DEFAULT.passes()),
                numbers.getOrDefault("seconds", Methods.AdaRound.DEFAULT.seconds())));
    }

    /** The decibels of {@code auto} or {@code auto(loss = 0.5)}; nothing for another word, or after an error. */
    OptionalDouble scaleLoss(Ast.Expression expression) {
        if (!word(expression).equals("auto")) {
            return OptionalDouble.empty();
        }
        List<Ast.Argument> arguments = expression instanceof Ast.Call call ? call.arguments() : List.of();
        double loss = arguments.isEmpty() ? DEFAULT_SCALE_LOSS : number(arguments.get(0).value());
        boolean named = arguments.isEmpty() || arguments.get(0).name().map(Ast.Name::text).orElse("loss").equals("loss");
        if (arguments.size() > 1 || !named || !(loss >= 0 && loss <= MOST_SCALE_LOSS)) {
            diagnostics.report(Diagnostic.of(Code.E303, expression.span(), "`scales auto` is not understood")
                    .help("write `scales auto(loss = 0.5)`, with the decibels that powers of two may cost, up to "
                            + MOST_SCALE_LOSS));
            return OptionalDouble.of(DEFAULT_SCALE_LOSS);
        }
        return OptionalDouble.of(loss);
    }

    /** The method behind {@code using}; nothing after an error was reported. */
    Optional<RangeMethod> ranges(Ast.Expression expression) {
        for (RangeMethod method : List.of(new RangeMethod.LeastSquares(), new RangeMethod.MinMax(),
                new RangeMethod.Divergence(), new RangeMethod.CrossEntropy())) {
            if (expression instanceof Ast.Reference && word(expression).equals(method.toString())) {
                return Optional.of(method);
            }
        }
        if (expression instanceof Ast.Call call && word(expression).equals("percentile")
                && call.arguments().size() == 1) {
            double percent = number(call.arguments().get(0).value());
            if (percent > 50 && percent <= 100) {
                return Optional.of(new RangeMethod.Percentile(percent));
            }
            diagnostics.report(Diagnostic.of(Code.E304, expression.span(),
                    "the percentile must be above 50 and at most 100"));
            return Optional.empty();
        }
        diagnostics.report(Diagnostic.of(Code.E303, expression.span(), "this is no way to choose ranges")
                .help("write `using mse`, min_max, percentile(99.9), kl or cross_entropy"));
        return Optional.empty();
    }

    private static double number(Ast.Expression expression) {
        if (expression instanceof Ast.IntegerLiteral integer) {
            return integer.value();
        }
        return expression instanceof Ast.DecimalLiteral decimal ? decimal.value() : Double.NaN;
    }

    private static String word(Ast.Expression expression) {
        if (expression instanceof Ast.Reference reference) {
            return reference.name();
        }
        return expression instanceof Ast.Call call ? call.callee().text() : "?";
    }
}
