package qcc.importer.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.model.Model;

/** Imports models from memory. */
final class Imported {

    private Imported() {
    }

    static Model model(byte[] bytes) {
        Diagnostics diagnostics = new Diagnostics();
        return read(bytes, diagnostics).orElseThrow(() -> new AssertionError(texts(diagnostics)));
    }

    /** The messages about a model that cannot be imported, each with its code and the advice. */
    static List<String> errors(byte[] bytes) {
        List<String> errors = new ArrayList<>();
        read(bytes, errors);
        return errors;
    }

    /** The model, or the messages why there is none. */
    static Optional<Model> read(byte[] bytes, List<String> errors) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Model> model = read(bytes, diagnostics);
        errors.addAll(texts(diagnostics));
        if (model.isPresent() == diagnostics.hasErrors()) {
            throw new AssertionError("a model together with errors, or neither: " + errors);
        }
        return model;
    }

    private static Optional<Model> read(byte[] bytes, Diagnostics diagnostics) {
        try {
            Path file = Files.createTempFile("model", ".onnx");
            try {
                Files.write(file, bytes);
                return new OnnxReader().read(file, "model.onnx", diagnostics);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> texts(Diagnostics diagnostics) {
        List<String> texts = new ArrayList<>();
        for (Diagnostic d : diagnostics.all()) {
            texts.add(d.code() + ": " + d.message() + d.help().map(help -> " [" + help + "]").orElse(""));
        }
        return texts;
    }

    /** Row-major elements brought into the order of the given axes. */
    static List<Double> permute(List<Double> values, List<Integer> dims, List<Integer> axes) {
        List<Double> result = new ArrayList<>(values);
        int[] index = new int[dims.size()];
        for (int i = 0; i < result.size(); i++) {
            int rest = i;
            for (int k = axes.size() - 1; k >= 0; k--) {
                index[axes.get(k)] = rest % dims.get(axes.get(k));
                rest /= dims.get(axes.get(k));
            }
            int from = 0;
            for (int axis = 0; axis < index.length; axis++) {
                from = from * dims.get(axis) + index[axis];
            }
            result.set(i, values.get(from));
        }
        return result;
    }
}
