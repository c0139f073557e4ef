package qcc.writer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import qcc.frontend.Ast;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.model.SampleSource;
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
        lines.add(Syntax.setting("scales", word(settings.scheme().scales())));
        lines.add(Syntax.setting("weights", "int" + settings.scheme().weightBits() + " per "
                + (settings.scheme().perChannel() ? "channel" : "tensor")));
        lines.add(Syntax.setting("activations", "int8 per tensor" + (settings.symmetric() ? " symmetric" : "")));
        if (settings.scheme().rounding() != QuantizeSettings.DEFAULT.scheme().rounding()) {
            lines.add(Syntax.setting("rounding", word(settings.scheme().rounding())));
        }
        settings.calibration().ifPresent(source -> lines.add(Syntax.setting("calibrate", samples(source, samplesFile),
                Syntax.reference("using"), method(settings.method()))));
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

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Ast.Expression samples(SampleSource source, Optional<String> samplesFile) {
        if (source instanceof SampleSource.Random random) {
            Map<String, Literal> arguments = new LinkedHashMap<>();
            arguments.put("seed", Literal.integer(random.seed()));
            arguments.put("count", Literal.integer(random.count()));
            return Syntax.call("random", List.of(), arguments);
        }
        return Syntax.string(samplesFile.orElseThrow());
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
