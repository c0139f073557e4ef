package qcc.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import qcc.codegen.SampleData;
import qcc.codegen.Vectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.files.Reason;
import qcc.interpreter.IntegerInterpreter;
import qcc.ir.Value;
import qcc.program.Step;
import qcc.tensor.IntTensor;

/**
 * Builds a project, runs its firmware on many inputs and compares every layer with the reference interpreter. The
 * protocol with the firmware is that of {@code runtime-c/harness/qcc_verify.c}.
 */
public final class Verification {
    private static final int MAGIC = 0x31434351;
    private static final int NO_LAYER = -1;

    private final Project project;
    private final Duration limit;
    private final String extraFlags;

    /**
     * @param limit      wall-clock time for one run of the emulator
     * @param extraFlags further options for the C compiler, such as sanitizers
     */
    public Verification(Project project, Duration limit, String extraFlags) {
        this.project = project;
        this.limit = limit;
        this.extraFlags = extraFlags;
    }

    /** Compares all layers on all inputs. */
    public VerificationReport run(List<List<IntTensor>> inputs) {
        Vectors expected = Vectors.of(project.program(), inputs);
        long start = System.nanoTime();
        try (FirmwareBuild build = new FirmwareBuild(project)) {
            Path elf = build.make("build/verify.elf", extraFlags);
            double buildSeconds = seconds(start);
            long runStart = System.nanoTime();
            List<List<Integer>> actual = hashes(
                    execute(build.folder(), elf, inputs, NO_LAYER, 0), inputs.size());
            double runSeconds = seconds(runStart);
            List<Integer> counts = new ArrayList<>();
            for (int layer = 0; layer < project.program().steps().size(); layer++) {
                counts.add(differing(expected.hashes(), actual, layer));
            }
            Optional<Mismatch> mismatch = first(expected.hashes(), actual)
                    .map(place -> explain(build.folder(), elf, inputs.get(place[0]), place[0], place[1]));
            return new VerificationReport(project, Environment.of(project, build.log()), inputs.size(), counts, mismatch,
                    buildSeconds, runSeconds);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static int differing(List<List<Integer>> expected, List<List<Integer>> actual, int layer) {
        int count = 0;
        for (int i = 0; i < expected.size(); i++) {
            count += expected.get(i).get(layer).equals(actual.get(i).get(layer)) ? 0 : 1;
        }
        return count;
    }

    /**
     * The first layer that differs for any sample, with its first sample: a mistake may not show on a uniform image
     * until a later layer.
     */
    private Optional<int[]> first(List<List<Integer>> expected, List<List<Integer>> actual) {
        for (int layer = 0; layer < project.program().steps().size(); layer++) {
            for (int sample = 0; sample < expected.size(); sample++) {
                if (!expected.get(sample).get(layer).equals(actual.get(sample).get(layer))) {
                    return Optional.of(new int[] {sample, layer});
                }
            }
        }
        return Optional.empty();
    }

    /** Runs one sample again to see the layer's bytes. */
    private Mismatch explain(Path folder, Path elf, List<IntTensor> sample, int number, int layer) {
        Step step = project.program().steps().get(layer);
        Value output = step.node().output();
        int width = output.quantized().type().bytes();
        IntTensor wanted = IntegerInterpreter.run(project.program().graph(), sample).of(output);
        ByteBuffer dump = execute(folder, elf, List.of(sample), layer, width * wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            int actual = width == 1 ? dump.get() : dump.getShort();
            if (actual != wanted.get(i)) {
                return new Mismatch(number, step, i, wanted.get(i), actual);
            }
        }
        return new Mismatch(number, step, -1, 0, 0);
    }

    /** The results of all samples, without their head; {@code dumpedBytes} stand before the hashes of each. */
    private ByteBuffer execute(Path folder, Path elf, List<List<IntTensor>> inputs, int dumpedLayer,
            int dumpedBytes) {
        try {
            Path outputs = folder.resolve("outputs.bin");
            Files.deleteIfExists(outputs);
            Files.write(folder.resolve("inputs.bin"), encode(inputs, dumpedLayer));
            FirmwareRun.output(project.emulator(), elf, folder, limit);
            byte[] written = Files.exists(outputs) ? Files.readAllBytes(outputs) : new byte[0];
            return results(written, inputs.size() * (dumpedBytes + 4 * project.program().steps().size()));
        } catch (IOException e) {
            throw FirmwareBuild.unwritable(Reason.of(e));
        }
    }

    /** Inputs and what is made of them are int8, one byte for each element. */
    private byte[] encode(List<List<IntTensor>> inputs, int dumpedLayer) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.write(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(MAGIC).putInt(inputs.size())
                .putInt(dumpedLayer).array());
        for (List<IntTensor> sample : inputs) {
            for (IntTensor part : SampleData.of(project.program(), sample)) {
                data.write(part.toBytes(1));
            }
        }
        return data.toByteArray();
    }

    private ByteBuffer results(byte[] output, int size) {
        ByteBuffer buffer = ByteBuffer.wrap(output).order(ByteOrder.LITTLE_ENDIAN);
        if (output.length != 8 + size || buffer.getInt() != MAGIC
                || buffer.getInt() != project.program().steps().size()) {
            throw new CompilationFailed(Diagnostic.of(Code.E705, Span.wholeFile(project.emulator().describe()),
                    "the firmware wrote " + output.length + " bytes of results instead of " + (8 + size)));
        }
        return buffer;
    }

    private List<List<Integer>> hashes(ByteBuffer results, int samples) {
        int layers = project.program().steps().size();
        List<List<Integer>> all = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            List<Integer> hashes = new ArrayList<>();
            for (int layer = 0; layer < layers; layer++) {
                hashes.add(results.getInt());
            }
            all.add(hashes);
        }
        return all;
    }
}
