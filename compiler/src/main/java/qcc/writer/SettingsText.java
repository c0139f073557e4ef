package qcc.writer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import qcc.frontend.Ast;
import qcc.model.Methods;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.model.SampleSource;
import qcc.ops.LayerScheme;
import qcc.ops.attributes.Literal;
import qcc.ops.fixedpoint.RoundingSteps;

/** The {@code quantize} section for given settings. */
final class SettingsText {
    private SettingsText() {
    }

    /**
     * @param samplesFile the name under which the calibration file stands beside the text, if there is one
     */
    static List<Ast.Setting> of(QuantizeSettings settings, Optional<String> samplesFile) {
        List<Ast.Setting> lines = new ArrayList<>();
        lines.add(Syntax.setting("scales", scales(settings)));
        lines.add(Syntax.setting("weights", weights(settings.scheme())));
        lines.add(Syntax.setting("activations", settings.scheme().activations() + " per tensor" + (settings.symmetric() ? " symmetric" : "")));
        if (settings.scheme().rounding() != QuantizeSettings.DEFAULT.scheme().rounding()) {
            lines.add(Syntax.setting("rounding", word(settings.scheme().rounding())));
        }
        settings.calibration().ifPresent(source -> lines.add(Syntax.setting("calibrate", samples(source, samplesFile),
                Syntax.reference("using"), method(settings.method()))));
        if (!settings.methods().equals(QuantizeSettings.DEFAULT.methods())) {
            lines.add(Syntax.setting("methods", methods(settings.methods()).toArray(Ast.Expression[]::new)));
        }
        addGoal(lines, settings);
        return lines;
    }

    /** The section of a network that is quantised already. */
    static List<Ast.Setting> given(RoundingSteps steps, QuantizeSettings settings, Optional<String> samplesFile) {
        List<Ast.Setting> lines = new ArrayList<>();
        lines.add(Syntax.setting("given", steps == RoundingSteps.SINGLE ? "tflite single" : "tflite"));
        settings.calibration().ifPresent(source -> lines.add(Syntax.setting("calibrate",
                samples(source, samplesFile))));
        addGoal(lines, settings);
        return lines;
    }

    private static void addGoal(List<Ast.Setting> lines, QuantizeSettings settings) {
        if (settings.goal() != QuantizeSettings.DEFAULT.goal()) {
            lines.add(Syntax.setting("optimise", settings.goal().toString()));
        }
    }

    private static Ast.Expression scales(QuantizeSettings settings) {
        return settings.scaleLoss().isEmpty() ? Syntax.reference(word(settings.scheme().scales()))
                : Syntax.call("auto", List.of(), Map.of("loss",
                        new Literal.Number(settings.scaleLoss().getAsDouble(), false)));
    }

    private static String weights(LayerScheme scheme) {
        return "int" + scheme.weightBits() + " per " + (scheme.perChannel() ? "channel" : "tensor")
                + (scheme.integers() == LayerScheme.DEFAULT.integers() ? "" : " " + word(scheme.integers()))
                + (scheme.weights() == LayerScheme.DEFAULT.weights() ? "" : " using " + word(scheme.weights()));
    }

    private static List<Ast.Expression> methods(Methods methods) {
        List<Ast.Expression> chosen = new ArrayList<>();
        if (methods.equals(Methods.NONE)) {
            chosen.add(Syntax.reference("none"));
        }
        if (methods.equalise()) {
            chosen.add(Syntax.reference("equalise"));
        }
        methods.biasCorrection().ifPresent(correction -> chosen.add(correction == Methods.BiasCorrection.ANALYTIC
                ? Syntax.call("correct_bias", List.of("analytic"), Map.of())
                : Syntax.reference("correct_bias")));
        methods.adaRound().ifPresent(effort -> {
            Map<String, Literal> arguments = new LinkedHashMap<>();
            arguments.put("passes", Literal.integer(effort.passes()));
            arguments.put("seconds", Literal.integer(effort.seconds()));
            chosen.add(Syntax.call("adaround", List.of(), arguments));
        });
        return chosen;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Ast.Expression samples(SampleSource source, Optional<String> samplesFile) {
        if (source instanceof SampleSource.Random random) {
            return generated("random", random.seed(), random.count());
        }
        if (source instanceof SampleSource.Synthetic synthetic) {
            return generated("synthetic", synthetic.seed(), synthetic.count());
        }
        return Syntax.string(samplesFile.orElseThrow());
    }

    private static Ast.Expression generated(String word, long seed, int count) {
        Map<String, Literal> arguments = new LinkedHashMap<>();
        arguments.put("seed", Literal.integer(seed));
        arguments.put("count", Literal.integer(count));
        return Syntax.call(word, List.of(), arguments);
    }

    private static Ast.Expression method(RangeMethod method) {
        if (method instanceof RangeMethod.Percentile percentile) {
            return new Ast.Call(Syntax.name("percentile"), List.of(new Ast.Argument(Optional.empty(),
                    Syntax.literal(new Literal.Number(percentile.percent(), false)), Syntax.NOWHERE)),
                    Optional.empty(), Optional.empty(), Syntax.NOWHERE);
        }
        return Syntax.reference(method.toString());
    }
}
