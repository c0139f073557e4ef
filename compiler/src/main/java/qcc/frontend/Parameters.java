package qcc.frontend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;
import qcc.ops.ParameterSpec;
import qcc.tensor.FloatTensor;
import qcc.tensor.Shape;

/** Finds the trained arrays of layers in the model's parameter sources. */
final class Parameters {
    private static final int MAX_LISTED = 8;

    private final List<ParameterSource> sources;
    private final boolean stated;
    private final Diagnostics diagnostics;

    /**
     * @param stated whether the model has a {@code parameters} section
     */
    Parameters(List<ParameterSource> sources, boolean stated, Diagnostics diagnostics) {
        this.sources = sources;
        this.stated = stated;
        this.diagnostics = diagnostics;
    }

    /**
     * All arrays of a layer; nothing after an error was reported.
     *
     * @param names array names that the layer states itself, by parameter
     */
    Optional<Map<String, FloatTensor>> load(String layer, List<ParameterSpec> specs, Map<String, String> names,
            Span span) {
        Map<String, FloatTensor> loaded = new HashMap<>();
        for (ParameterSpec spec : specs) {
            if (!spec.shape().isReasonable()) {
                diagnostics.report(Diagnostic.of(Code.E308, span, "parameter `" + spec.name() + "` of layer `" + layer
                        + "` would have the shape " + spec.shape())
                        .because("arrays of more than " + Shape.MAX_SIZE + " elements are refused")
                        .help("is one of the sizes mistyped?"));
                continue;
            }
            String name = names.getOrDefault(spec.name(), layer + "." + spec.name());
            find(name, spec, span).ifPresent(tensor -> loaded.put(spec.name(), tensor));
        }
        return loaded.size() == specs.size() ? Optional.of(loaded) : Optional.empty();
    }

    private Optional<FloatTensor> find(String name, ParameterSpec spec, Span span) {
        try {
            for (ParameterSource source : sources) {
                Optional<FloatTensor> found = source.find(name, spec, span);
                if (found.isPresent()) {
                    return found;
                }
            }
            diagnostics.report(missing(name, spec, span));
        } catch (ParameterSource.Unusable e) {
            diagnostics.report(e.diagnostic());
        }
        return Optional.empty();
    }

    private Diagnostic missing(String name, ParameterSpec spec, Span span) {
        if (!stated) {
            return Diagnostic.of(Code.E403, span, "the model names no parameters, but this layer needs `" + name + "`")
                    .help("add `parameters \"FILE.npz\"`, or `parameters random(1)` for a prototype");
        }
        List<String> known = new ArrayList<>();
        sources.forEach(source -> known.addAll(source.names()));
        Diagnostic diagnostic = Diagnostic.of(Code.E403, span,
                "there is no array `" + name + "` of shape " + spec.shape() + " in the parameter files");
        if (spec.name().equals("bias")) {
            return diagnostic.help("if the layer has no bias, write `bias = false`");
        }
        return diagnostic.help(Suggestions.closest(name, known).map(close -> "there is `" + close
                + "`; name the layer with `as`, or write `" + spec.name() + " = \"" + close + "\"`")
                .orElseGet(() -> "the arrays are " + listed(known)));
    }

    private static String listed(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MAX_LISTED, names.size())));
        return names.size() > MAX_LISTED ? shown + " and " + (names.size() - MAX_LISTED) + " more" : shown;
    }
}
