package qcc.frontend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Suggestions;
import qcc.model.Goal;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.model.SampleSource;
import qcc.ops.LayerScheme;
import qcc.ops.Rounding;
import qcc.ops.Scales;
import qcc.ops.fixedpoint.RoundingSteps;

/** Reads the {@code quantize} section. */
final class QuantizeReader {
    private final SectionReader sections;
    private final Diagnostics diagnostics;
    private final Map<String, Consumer<Ast.Setting>> readers = new LinkedHashMap<>();
    private Scales scales = LayerScheme.DEFAULT.scales();
    private int weightBits = LayerScheme.DEFAULT.weightBits();
    private boolean perChannel = LayerScheme.DEFAULT.perChannel();
    private Rounding rounding = LayerScheme.DEFAULT.rounding();
    private boolean symmetric = QuantizeSettings.DEFAULT.symmetric();
    private RangeMethod method = QuantizeSettings.DEFAULT.method();
    private Optional<SampleSource> calibration = Optional.empty();
    private Goal goal = Goal.DEFAULT;
    private boolean isGiven;
    private RoundingSteps steps = RoundingSteps.DOUBLE;

    QuantizeReader(SectionReader sections, Diagnostics diagnostics) {
        this.sections = sections;
        this.diagnostics = diagnostics;
        readers.put("given", this::readGiven);
        readers.put("scales", this::readScales);
        readers.put("weights", this::readWeights);
        readers.put("activations", this::readActivations);
        readers.put("rounding", this::readRounding);
        readers.put("calibrate", this::readCalibration);
        readers.put("optimise", this::readGoal);
    }

    QuantizeSettings read(List<Ast.Setting> settings) {
        Map<String, Ast.Setting> seen = new LinkedHashMap<>();
        for (Ast.Setting setting : settings) {
            String key = setting.key().text();
            if (!readers.containsKey(key)) {
                diagnostics.report(Diagnostic.of(Code.E301, setting.key().span(), "there is no setting `" + key + "`")
                        .help(Suggestions.closest(key, readers.keySet()).map(close -> "did you mean `" + close + "`?")
                                .orElse("the settings are " + String.join(", ", readers.keySet()))));
            } else if (seen.putIfAbsent(key, setting) != null) {
                diagnostics.report(Diagnostic.of(Code.E202, setting.key().span(), "`" + key + "` is set twice"));
            } else {
                readers.get(key).accept(setting);
            }
        }
        if (isGiven) {
            requireFree(seen);
        }
        return new QuantizeSettings(new LayerScheme(scales, weightBits, perChannel, rounding), symmetric, method,
                calibration, goal);
    }

    /** The rounding of a network that is quantised already; nothing for one that is to be quantised. */
    Optional<RoundingSteps> given() {
        return isGiven ? Optional.of(steps) : Optional.empty();
    }

    private void readGiven(Ast.Setting setting) {
        isGiven = true;
        List<String> words = words(setting);
        if (words.equals(List.of("tflite", "single"))) {
            steps = RoundingSteps.SINGLE;
        } else if (!words.isEmpty() && !words.equals(List.of("tflite"))) {
            expected(setting, "`given`, or `given tflite` or `given tflite single` for TFLite's rounding");
        }
    }

    /** Nothing is left to choose in a network that is quantised already. */
    private void requireFree(Map<String, Ast.Setting> settings) {
        settings.forEach((key, setting) -> {
            if (!List.of("given", "calibrate", "optimise").contains(key)) {
                diagnostics.report(Diagnostic.of(Code.E301, setting.key().span(), "`" + key
                        + "` has no meaning in a network that is quantised already").help("remove `" + key
                        + "`, or `given` to quantise the network anew"));
            }
        });
    }

    private void readScales(Ast.Setting setting) {
        scales = word(setting, Scales.class, "scales").orElse(scales);
    }

    private void readGoal(Ast.Setting setting) {
        goal = word(setting, Goal.class, "optimise").orElse(goal);
    }

    private void readRounding(Ast.Setting setting) {
        rounding = word(setting, Rounding.class, "rounding").orElse(rounding);
    }

    private void readWeights(Ast.Setting setting) {
        List<String> words = words(setting);
        boolean type = !words.isEmpty() && words.get(0).matches("int[2-8]");
        boolean granularity = words.size() == 1 || words.size() == 3 && words.get(1).equals("per")
                && List.of("channel", "tensor").contains(words.get(2));
        if (!type || !granularity) {
            expected(setting, "`weights int8 per channel`, with int2 to int8, and `per channel` or `per tensor`");
            return;
        }
        weightBits = words.get(0).charAt(3) - '0';
        perChannel = words.size() == 1 || words.get(2).equals("channel");
    }

    private void readActivations(Ast.Setting setting) {
        String text = String.join(" ", words(setting));
        if (!List.of("int8", "int8 per tensor", "int8 symmetric", "int8 per tensor symmetric").contains(text)) {
            expected(setting, "`activations int8 per tensor`, and `symmetric` after it for zero points of 0");
            return;
        }
        symmetric = text.endsWith("symmetric");
    }

    private void readCalibration(Ast.Setting setting) {
        List<Ast.Expression> arguments = setting.arguments();
        boolean using = arguments.size() == 3 && isWord(arguments.get(1), "using");
        if (arguments.size() != 1 && !using) {
            expected(setting, "`calibrate \"samples.npz\" using mse`, or min_max, or percentile(99.9)");
            return;
        }
        calibration = sections.samples(arguments.get(0));
        if (using) {
            readMethod(setting, arguments.get(2));
        }
    }

    private void readMethod(Ast.Setting setting, Ast.Expression expression) {
        if (isWord(expression, "mse")) {
            method = new RangeMethod.LeastSquares();
        } else if (isWord(expression, "min_max")) {
            method = new RangeMethod.MinMax();
        } else if (expression instanceof Ast.Call call && call.callee().text().equals("percentile")
                && call.arguments().size() == 1) {
            double percent = number(call.arguments().get(0).value());
            if (!(percent > 50 && percent <= 100)) {
                diagnostics.report(Diagnostic.of(Code.E304, expression.span(),
                        "the percentile must be above 50 and at most 100"));
                return;
            }
            method = new RangeMethod.Percentile(percent);
        } else {
            expected(setting, "`using mse`, `using min_max` or `using percentile(99.9)`");
        }
    }

    private static double number(Ast.Expression expression) {
        if (expression instanceof Ast.IntegerLiteral integer) {
            return integer.value();
        }
        return expression instanceof Ast.DecimalLiteral decimal ? decimal.value() : Double.NaN;
    }

    private static boolean isWord(Ast.Expression expression, String word) {
        return expression instanceof Ast.Reference reference && reference.name().equals(word);
    }

    private <E extends Enum<E>> Optional<E> word(Ast.Setting setting, Class<E> type, String key) {
        List<String> words = words(setting);
        for (E constant : type.getEnumConstants()) {
            if (words.equals(List.of(constant.name().toLowerCase(Locale.ROOT)))) {
                return Optional.of(constant);
            }
        }
        StringBuilder all = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            all.append(all.isEmpty() ? "`" : " or `").append(key).append(' ')
                    .append(constant.name().toLowerCase(Locale.ROOT)).append('`');
        }
        expected(setting, all.toString());
        return Optional.empty();
    }

    /** The arguments as words; anything else becomes a text that matches no word. */
    private static List<String> words(Ast.Setting setting) {
        return setting.arguments().stream()
                .map(a -> a instanceof Ast.Reference reference ? reference.name() : "?").toList();
    }

    private void expected(Ast.Setting setting, String what) {
        diagnostics.report(Diagnostic.of(Code.E303, setting.span(), "setting `" + setting.key()
                + "` is not understood").help("write " + what));
    }
}
