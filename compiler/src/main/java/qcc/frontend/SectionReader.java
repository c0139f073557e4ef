package qcc.frontend;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.model.SampleSource;
import qcc.numpy.NumpyException;
import qcc.numpy.NumpyFile;

/** Reads what the {@code parameters} and {@code calibrate} settings have in common: files and {@code random(...)}. */
final class SectionReader {
    private static final int DEFAULT_RANDOM_SAMPLES = 32;
    private static final int MAX_RANDOM_SAMPLES = 10_000;

    private final Path folder;
    private final Diagnostics diagnostics;

    /**
     * @param folder the model's folder, against which paths are resolved
     */
    SectionReader(Path folder, Diagnostics diagnostics) {
        this.folder = folder;
        this.diagnostics = diagnostics;
    }

    /**
     * The sources of all {@code parameters} sections, and arrays in files of their own; sections that cannot be read are
     * reported and left out.
     */
    List<ParameterSource> parameters(List<Ast.Setting> settings) {
        List<ParameterSource> sources = new ArrayList<>();
        for (Ast.Setting setting : settings) {
            if (setting.arguments().isEmpty()) {
                diagnostics.report(sourceExpected(setting.span(), List.of("random")));
            }
            for (Ast.Expression argument : setting.arguments()) {
                sources.add(parameterSource(argument));
            }
        }
        sources.add(new SingleArrays(folder));
        return sources;
    }

    private ParameterSource parameterSource(Ast.Expression argument) {
        try {
            if (argument instanceof Ast.StringLiteral file) {
                return open(file);
            }
            return new RandomParameters(generated(argument, List.of("random"), List.of("seed"))
                    .getOrDefault("seed", 1L));
        } catch (ParameterSource.Unusable e) {
            diagnostics.report(e.diagnostic());
            return new UnusableParameters(e.diagnostic());
        }
    }

    private ParameterSource open(Ast.StringLiteral file) throws ParameterSource.Unusable {
        try {
            return new ParameterFile(file.value(), NumpyFile.read(resolve(file)));
        } catch (NumpyException e) {
            throw new ParameterSource.Unusable(e.diagnostic(file.span(), file.value()));
        }
    }

    /** A source of samples; nothing after an error was reported. */
    Optional<SampleSource> samples(Ast.Expression argument) {
        try {
            if (argument instanceof Ast.StringLiteral file) {
                return Optional.of(new SampleSource.File(resolve(file), file.value(), file.span()));
            }
            Map<String, Long> numbers = generated(argument, List.of("random", "synthetic"), List.of("seed", "count"));
            long count = numbers.getOrDefault("count", (long) DEFAULT_RANDOM_SAMPLES);
            if (count < 1 || count > MAX_RANDOM_SAMPLES) {
                throw new ParameterSource.Unusable(Diagnostic.of(Code.E304, argument.span(), "count is " + count
                        + "; it must be 1 to " + MAX_RANDOM_SAMPLES));
            }
            long seed = numbers.getOrDefault("seed", 1L);
            return Optional.of(word(argument).equals("synthetic")
                    ? new SampleSource.Synthetic(seed, (int) count, argument.span())
                    : new SampleSource.Random(seed, (int) count, argument.span()));
        } catch (ParameterSource.Unusable e) {
            diagnostics.report(e.diagnostic());
            return Optional.empty();
        }
    }

    /** The word of {@code word} or {@code word(...)}; nothing for anything else. */
    private static String word(Ast.Expression argument) {
        if (argument instanceof Ast.Reference reference) {
            return reference.name();
        }
        return argument instanceof Ast.Call call ? call.callee().text() : "";
    }

    /** The integers of {@code random(...)} and the like, by name; positional ones take the given order. */
    private static Map<String, Long> generated(Ast.Expression argument, List<String> words, List<String> order)
            throws ParameterSource.Unusable {
        if (!words.contains(word(argument))) {
            throw new ParameterSource.Unusable(sourceExpected(argument.span(), words));
        }
        if (!(argument instanceof Ast.Call call)) {
            return Map.of();
        }
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            Ast.Argument given = call.arguments().get(i);
            String name = given.name().map(Ast.Name::text).orElse(i < order.size() ? order.get(i) : "");
            if (!order.contains(name) || !(given.value() instanceof Ast.IntegerLiteral integer)) {
                throw new ParameterSource.Unusable(Diagnostic.of(Code.E303, given.span(), "`" + call.callee().text()
                        + "` takes the integers " + String.join(" and ", order)));
            }
            numbers.put(name, integer.value());
        }
        return numbers;
    }

    private Path resolve(Ast.StringLiteral file) throws ParameterSource.Unusable {
        try {
            return folder.resolve(file.value());
        } catch (InvalidPathException e) {
            throw new ParameterSource.Unusable(Diagnostic.of(Code.E401, file.span(), "this is not a path: "
                    + e.getReason()));
        }
    }

    private static Diagnostic sourceExpected(Span span, List<String> words) {
        return Diagnostic.of(Code.E303, span, "a file name in quotes, or `" + String.join("(seed)` or `", words)
                + "(seed)`, is needed here");
    }
}
