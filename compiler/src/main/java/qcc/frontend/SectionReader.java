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
                diagnostics.report(sourceExpected(setting.span()));
            }
            for (Ast.Expression argument : setting.arguments()) {
                parameterSource(argument).ifPresent(sources::add);
            }
        }
        sources.add(new SingleArrays(folder));
        return sources;
    }

    private Optional<ParameterSource> parameterSource(Ast.Expression argument) {
        if (argument instanceof Ast.StringLiteral file) {
            try {
                return resolve(file).map(path -> new ParameterFile(file.value(), NumpyFile.read(path)));
            } catch (NumpyException e) {
                Diagnostic diagnostic = e.diagnostic(file.span(), file.value());
                diagnostics.report(diagnostic);
                return Optional.of(new UnusableParameters(diagnostic));
            }
        }
        return random(argument, List.of("seed")).map(numbers -> new RandomParameters(numbers.getOrDefault("seed", 1L)));
    }

    /** A source of samples; nothing after an error was reported. */
    Optional<SampleSource> samples(Ast.Expression argument) {
        if (argument instanceof Ast.StringLiteral file) {
            return resolve(file).map(path -> new SampleSource.File(path, file.value(), file.span()));
        }
        return random(argument, List.of("seed", "count")).flatMap(numbers -> {
            long count = numbers.getOrDefault("count", (long) DEFAULT_RANDOM_SAMPLES);
            if (count < 1 || count > MAX_RANDOM_SAMPLES) {
                diagnostics.report(Diagnostic.of(Code.E304, argument.span(), "count must be 1 to "
                        + MAX_RANDOM_SAMPLES));
                return Optional.empty();
            }
            return Optional.of(new SampleSource.Random(numbers.getOrDefault("seed", 1L), (int) count,
                    argument.span()));
        });
    }

    /** The integers of {@code random(...)}, by name; positional ones take the given order. */
    private Optional<Map<String, Long>> random(Ast.Expression argument, List<String> order) {
        boolean word = argument instanceof Ast.Reference reference && reference.name().equals("random");
        if (word) {
            return Optional.of(Map.of());
        }
        if (!(argument instanceof Ast.Call call) || !call.callee().text().equals("random")) {
            diagnostics.report(sourceExpected(argument.span()));
            return Optional.empty();
        }
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            Ast.Argument given = call.arguments().get(i);
            String name = given.name().map(Ast.Name::text).orElse(i < order.size() ? order.get(i) : "");
            if (!order.contains(name) || !(given.value() instanceof Ast.IntegerLiteral integer)) {
                diagnostics.report(Diagnostic.of(Code.E303, given.span(), "`random` takes the integers "
                        + String.join(" and ", order)));
                return Optional.empty();
            }
            numbers.put(name, integer.value());
        }
        return Optional.of(numbers);
    }

    private Optional<Path> resolve(Ast.StringLiteral file) {
        try {
            return Optional.of(folder.resolve(file.value()));
        } catch (InvalidPathException e) {
            diagnostics.report(Diagnostic.of(Code.E401, file.span(), "this is not a path: " + e.getReason()));
            return Optional.empty();
        }
    }

    private static Diagnostic sourceExpected(Span span) {
        return Diagnostic.of(Code.E303, span, "a file name in quotes, or `random(seed)`, is needed here");
    }
}
