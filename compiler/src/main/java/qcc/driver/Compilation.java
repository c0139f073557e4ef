package qcc.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.frontend.Ast;
import qcc.frontend.QdslReader;
import qcc.ir.Graph;
import qcc.ir.Stage;
import qcc.model.Goal;
import qcc.model.Model;
import qcc.model.QuantizeSettings;
import qcc.model.SampleSource;
import qcc.passes.FoldBatchNorm;
import qcc.passes.RemoveDeadCode;
import qcc.passes.Verifier;
import qcc.program.MemoryOptions;
import qcc.quant.Distillation;
import qcc.quant.LayerBits;
import qcc.quant.SampleReader;
import qcc.quant.Samples;
import qcc.quant.Work;
import qcc.tensor.FloatTensor;
import qcc.tensor.IntTensor;
import qcc.writer.Transcript;

/**
 * One model on its way through the compiler. Each stage is computed when it is first asked for; a mistake of the
 * user's raises {@link qcc.diagnostics.CompilationFailed}.
 */
public final class Compilation {
    /** Of a network that nobody has calibrated; more noise would tell no more of it. */
    private static final int RANDOM_SAMPLES = 8;

    private final Diagnostics diagnostics = new Diagnostics();
    private final Path file;
    private final String shown;
    private final PassRunner passes;
    private Consumer<String> activityListener = activity -> { };
    private ModelSettings settings = ModelSettings.DEFAULT;
    private Model model;
    private Samples samples;
    private Map<Stage, Graph> graphs;

    /**
     * @param file     the model file
     * @param observer told after every pass
     * @param optimise false to skip the passes that change no result
     */
    public Compilation(Path file, BiConsumer<Pass, Graph> observer, boolean optimise) {
        this.file = file;
        this.shown = file.toString();
        this.passes = new PassRunner(observer, optimise);
    }

    public Compilation(Path file) {
        this(file, (pass, graph) -> { }, true);
    }

    /** The same model and samples, with weights of other bits in some layers of a network that came in reals. */
    public Compilation withBits(Map<String, Integer> bits) {
        Compilation other = new Compilation(file, (pass, graph) -> { }, passes.optimises());
        other.settings = settings;
        other.samples = samples();
        other.activityListener = activityListener;
        other.model = new Model(LayerBits.apply(model().graph(), bits), model().settings(), model().span());
        return other;
    }

    /** The same model, calibrated with the first of its samples. */
    public Compilation withSamples(int count) {
        Compilation other = withBits(Map.of());
        other.samples = samples().first(count);
        return other;
    }

    /** Says how the model is to be read; to be called before anything is asked for. */
    public void use(ModelSettings others) {
        settings = others;
    }

    /** The same model and samples, quantised in another way; without the passes that change no result. */
    Compilation with(QuantizeSettings others) {
        Compilation variant = new Compilation(file, (pass, graph) -> { }, false);
        variant.model = model().with(others);
        variant.samples = samples();
        variant.activityListener = activityListener;
        return variant;
    }

    /** Says who is to be told what long work is at. */
    public void reportActivity(Consumer<String> listener) {
        activityListener = listener;
    }

    /** Warnings so far; errors are thrown. */
    public List<Diagnostic> warnings() {
        return diagnostics.all();
    }

    public PassRunner passes() {
        return passes;
    }

    /** The syntax tree of a model in QDSL. */
    public Ast.File ast() {
        if (!shown.endsWith(QdslReader.EXTENSION)) {
            throw new CompilationFailed(Diagnostic.of(Code.E803, Span.wholeFile(shown),
                    "only a model in QDSL has a syntax tree"));
        }
        return required(QdslReader.parse(file, shown, diagnostics));
    }

    /** The model as its author wrote it. */
    public Model model() {
        if (model == null) {
            Model read = required(ModelReaders.forFile(shown, settings).read(file, shown, diagnostics));
            Verifier.check(read.graph());
            // The names in a QDSL text are its author's; other formats get those that `qcc import` would write.
            Model named = shown.endsWith(QdslReader.EXTENSION) ? read : Transcript.named(read);
            model = settings.quantize().map(text -> named.with(QdslReader.change(named.settings(), text,
                    "--quantize"))).orElse(named);
        }
        return model;
    }

    /** What the choices aim at that change no result. */
    public Goal goal() {
        return settings.goal().orElseGet(() -> model().settings().goal());
    }

    /** What the application asks of the arena. */
    public MemoryOptions memory() {
        return settings.memory();
    }

    private <T> T required(Optional<T> result) {
        diagnostics.throwIfErrors();
        return result.orElseThrow();
    }

    /** The calibration samples. */
    public Samples samples() {
        if (samples == null) {
            samples = calibration().map(this::read).orElseGet(this::randomSamples);
        }
        return samples;
    }

    private Optional<SampleSource> calibration() {
        return settings.calibration().<SampleSource>map(path -> new SampleSource.File(path, path.toString(),
                Span.wholeFile(path.toString()))).or(() -> model().settings().calibration());
    }

    private Samples randomSamples() {
        if (model().graph().stage() != Stage.INTEGER) {
            diagnostics.report(Diagnostic.of(Code.W504, model().span(),
                    "no calibration data; the ranges come from random inputs")
                    .help("add `calibrate \"samples.npz\"` to the quantize section, or --calibrate samples.npz"));
        }
        return Samples.random(model().graph(), 1, RANDOM_SAMPLES, model().span());
    }

    private Samples read(SampleSource source) {
        if (source instanceof SampleSource.Random random) {
            return Samples.random(model().graph(), random.seed(), random.count(), random.span());
        }
        if (source instanceof SampleSource.Synthetic synthetic) {
            return distilled(synthetic);
        }
        SampleSource.File samplesFile = (SampleSource.File) source;
        return SampleReader.read(model().graph(), samplesFile.path(), samplesFile.shown(), samplesFile.span());
    }

    private Samples distilled(SampleSource.Synthetic source) {
        Graph folded = FoldBatchNorm.run(RemoveDeadCode.run(model().graph()));
        if (!Distillation.isPossible(folded)) {
            diagnostics.report(Diagnostic.of(Code.W504, source.span(),
                    "the model has no batch normalisation to make up samples from; they are noise")
                    .help("calibrate with real samples: `calibrate \"samples.npz\"`"));
        }
        return Distillation.run(folded, source.seed(), source.count(), source.span(), work());
    }

    /** The graph at the end of a stage. */
    public Graph graph(Stage stage) {
        if (graphs == null) {
            graphs = passes.run(model().graph(), new PassContext(model().settings(), samples(), work()));
        }
        return graphs.get(stage);
    }

    private Work work() {
        return new Work() {
            @Override
            public void step(String activity) {
                activityListener.accept(activity);
            }

            @Override
            public void warn(Diagnostic warning) {
                diagnostics.report(warning);
            }
        };
    }

    /** A real sample as the integers that the firmware's application would write. */
    public List<IntTensor> quantize(List<FloatTensor> sample) {
        return Inputs.quantize(graph(Stage.INTEGER), sample);
    }
}
