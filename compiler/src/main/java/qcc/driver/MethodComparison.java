package qcc.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import qcc.model.Methods;
import qcc.model.Methods.AdaRound;
import qcc.model.Methods.BiasCorrection;
import qcc.model.QuantizeSettings;
import qcc.model.RangeMethod;
import qcc.ops.Scales;
import qcc.quant.Samples;

/** What each method of quantisation contributes: one model, quantised in many ways, on the same samples. */
public final class MethodComparison {
    private static final Methods EQUALISED = Methods.NONE.withEqualise();

    /** The ways, each a change of the model's own settings. */
    private static final Map<String, UnaryOperator<QuantizeSettings>> WAYS = ways();

    private MethodComparison() {
    }

    private static Map<String, UnaryOperator<QuantizeSettings>> ways() {
        Map<String, UnaryOperator<QuantizeSettings>> ways = new LinkedHashMap<>();
        for (RangeMethod method : List.of(new RangeMethod.MinMax(), new RangeMethod.Percentile(99.99),
                new RangeMethod.Divergence(), new RangeMethod.LeastSquares())) {
            ways.put(method.toString(), settings -> settings.with(method).with(Methods.NONE));
        }
        RangeMethod mse = new RangeMethod.LeastSquares();
        Map<String, Methods> methods = new LinkedHashMap<>();
        methods.put("mse, equalise", EQUALISED);
        methods.put("mse, correct_bias", Methods.NONE.with(BiasCorrection.EMPIRICAL));
        methods.put("mse, correct_bias(analytic)", Methods.NONE.with(BiasCorrection.ANALYTIC));
        methods.put("mse, adaround", Methods.NONE.with(AdaRound.DEFAULT));
        methods.put("mse, equalise correct_bias", EQUALISED.with(BiasCorrection.EMPIRICAL));
        methods.put("mse, equalise adaround", EQUALISED.with(AdaRound.DEFAULT));
        methods.forEach((name, chosen) -> ways.put(name, settings -> settings.with(mse).with(chosen)));
        ways.put("default, cross_entropy", settings -> settings.with(new RangeMethod.CrossEntropy())
                .with(Methods.DEFAULT));
        for (Scales scales : Scales.values()) {
            ways.put("default, scales " + scales.name().toLowerCase(Locale.ROOT), settings -> settings
                    .with(mse).with(Methods.DEFAULT).with(settings.scheme().with(scales))
                    .withScaleLoss(OptionalDouble.empty()));
        }
        ways.put("default, scales auto(0.5)", settings -> settings.with(mse).with(Methods.DEFAULT)
                .with(settings.scheme().with(Scales.POWER_OF_TWO)).withScaleLoss(OptionalDouble.of(0.5)));
        return ways;
    }

    /**
     * Quantises a model in every way.
     *
     * @param labels   the right class of each sample; empty when they are not known
     * @param progress told which way is next
     * @return the report of each way, by its name
     */
    public static Map<String, AccuracyReport> run(Compilation compilation, Samples samples, List<Integer> labels,
            Consumer<String> progress) {
        Map<String, AccuracyReport> reports = new LinkedHashMap<>();
        WAYS.forEach((name, way) -> {
            progress.accept("quantising with " + name);
            Compilation variant = compilation.with(way.apply(compilation.model().settings()));
            reports.put(name, new AccuracyEvaluation(variant).run(samples, labels));
        });
        return reports;
    }
}
