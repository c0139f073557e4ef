package qcc.tests.gap8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import qcc.driver.Compilation;
import qcc.driver.ModelSettings;
import qcc.ops.fixedpoint.RoundingSteps;
import qcc.program.MemoryOptions;
import qcc.target.Installation;
import qcc.tensor.IntTensor;
import qcc.tests.benchmark.BenchmarkModel;

/**
 * A network that has to be bit-exact.
 *
 * @param scales its scales, where they are not those that the model asks for
 */
record AcceptedModel(BenchmarkModel model, Optional<String> scales, Goals goals) {
    private static final Map<String, Goals> GOALS = Map.of("pretrainedResnet_quant", new Goals(8, 6),
            "kws_ref_model", new Goals(5, 0), "vww_96_int8", new Goals(5, 0));

    /** With scales that are powers of two, with dyadic ones, and int8 models of TFLite. */
    static List<AcceptedModel> all() {
        Path handwriting = Installation.find().home().resolve("tests/models/handwriting/handwriting.qdsl");
        AcceptedModel dyadic = new AcceptedModel(new BenchmarkModel("handwriting", handwriting, null),
                Optional.of("dyadic"), Goals.NONE);
        return Stream.concat(BenchmarkModel.all().stream().map(model -> new AcceptedModel(model, Optional.empty(),
                GOALS.getOrDefault(model.name(), Goals.NONE))), Stream.of(dyadic)).toList();
    }

    /** The model's name, and what is special about it. */
    String name() {
        return model.name() + scales.map(text -> " " + text).orElse("");
    }

    Compilation compilation() {
        Compilation compilation = new Compilation(model.file());
        compilation.use(new ModelSettings(RoundingSteps.DOUBLE, Optional.empty(), scales.map(text -> "scales " + text),
                Optional.empty(), MemoryOptions.DEFAULT));
        return compilation;
    }

    /** At most so many inputs, as far apart as there are more: the first ones are extremes. */
    List<List<IntTensor>> inputs(Compilation compilation, int count) {
        List<List<IntTensor>> all = model.inputs(compilation);
        int wanted = Math.min(count, all.size());
        List<List<IntTensor>> chosen = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            chosen.add(all.get((2 * i + 1) * all.size() / (2 * wanted)));
        }
        return chosen;
    }
}
