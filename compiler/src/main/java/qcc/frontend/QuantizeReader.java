package qcc.frontend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Suggestions;
import qcc.ir.IntegerType;
import qcc.model.Goal;
import qcc.model.Methods;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.model.SampleSource;
import qcc.ops.IntegerRange;
import qcc.ops.LayerScheme;
import qcc.ops.Rounding;
import qcc.ops.Scales;
import qcc.ops.WeightRange;
import qcc.ops.fixedpoint.RoundingSteps;

/** Reads the {@code quantize} section. */
final class QuantizeReader {
    /** What may follow the type of weights. */
    private static final Pattern WEIGHT_CHOICE = Pattern.compile(
            "(per (?<granularity>channel|tensor))? ?(?<integers>full|restricted)? ?(using (?<range>mse|min_max))?");

    private final SectionReader sections;
    private final Diagnostics diagnostics;
    private final Map<String, Consumer<Ast.Setting>> readers = new LinkedHashMap<>();
    private final MethodsReader methodsReader;
    private Scales scales;
    private OptionalDouble scaleLoss;
    private int weightBits;
    private boolean perChannel;
    private WeightRange weightRange;
    private IntegerRange integers;
    private Rounding rounding;
    private IntegerType activations;
    private boolean symmetric;
    private RangeMethod method;
    private Optional<SampleSource> calibration;
    private Methods methods;
    private Goal goal;
    private boolean isGiven;
    private RoundingSteps steps = RoundingSteps.DOUBLE;

    /**
     * @param base what holds for settings that are not mentioned
     */
    QuantizeReader(QuantizeSettings base, SectionReader sections, Diagnostics diagnostics) {
        this.sections = sections;
        this.diagnostics = diagnostics;
        this.methodsReader = new MethodsReader(diagnostics);
        scales = base.scheme().scales();
        scaleLoss = base.scaleLoss();
        weightBits = base.scheme().weightBits();
        perChannel = base.scheme().perChannel();
        weightRange = base.scheme().weights();
        integers = base.scheme().integers();
        rounding = base.scheme().rounding();
        activations = base.scheme().activations();
        symmetric = base.symmetric();
        method = base.method();
        calibration = base.calibration();
        methods = base.methods();
        goal = base.goal();
        readers.put("given", this::readGiven);
        readers.put("scales", this::readScales);
        readers.put("weights", this::readWeights);
        readers.put("activations", this::readActivations);
        readers.put("rounding", this::readRounding);
        readers.put("calibrate", this::readCalibration);
        readers.put("optimise", this::readGoal);
        readers.put("methods", setting -> methods = methodsReader.methods(setting));
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
        LayerScheme scheme = new LayerScheme(scales, weightBits, perChannel, rounding, weightRange, integers,
                activations);
        return new QuantizeSettings(scheme, symmetric, method, calibration, methods, goal, scaleLoss);
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
        List<Ast.Expression> arguments = setting.arguments();
        scaleLoss = arguments.size() == 1 ? methodsReader.scaleLoss(arguments.get(0)) : OptionalDouble.empty();
        scales = scaleLoss.isPresent() ? Scales.POWER_OF_TWO : word(setting, Scales.class, "scales").orElse(scales);
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
        Matcher choice = WEIGHT_CHOICE.matcher(words.stream().skip(1).collect(Collectors.joining(" ")));
        if (!type || !choice.matches()) {
            expected(setting, "`weights int8 per channel`, with int2 to int8, `per channel` or `per tensor`, then "
                    + "`full` or `restricted` or neither, then `using mse` or `using min_max`");
            return;
        }
        weightBits = words.get(0).charAt(3) - '0';
        perChannel = !"tensor".equals(choice.group("granularity"));
        integers = choice.group("integers") == null ? IntegerRange.BY_BITS
                : IntegerRange.valueOf(choice.group("integers").toUpperCase(Locale.ROOT));
        weightRange = "min_max".equals(choice.group("range")) ? WeightRange.MIN_MAX : WeightRange.MSE;
    }

    private void readActivations(Ast.Setting setting) {
        String text = String.join(" ", words(setting));
        if (!text.matches("int(8|16)( per tensor)?( symmetric)?")) {
            expected(setting, "`activations int8 per tensor`, or int16, and `symmetric` after it for zero points of 0");
            return;
        }
        activations = text.startsWith("int16") ? IntegerType.INT16 : IntegerType.INT8;
        symmetric = text.endsWith("symmetric");
    }

    private void readCalibration(Ast.Setting setting) {
        List<Ast.Expression> arguments = setting.arguments();
        boolean using = arguments.size() == 3 && isWord(arguments.get(1), "using");
        if (arguments.size() != 1 && !using) {
            expected(setting, "`calibrate \"samples.npz\" using mse`, or min_max, percentile(99.9), kl, cross_entropy");
            return;
        }
        calibration = sections.samples(arguments.get(0));
        if (using) {
            method = methodsReader.ranges(arguments.get(2)).orElse(method);
        }
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
        expected(setting, all + (type == Scales.class ? " or `scales auto`" : ""));
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
