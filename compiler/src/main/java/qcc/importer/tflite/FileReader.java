package qcc.importer.tflite;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import qcc.importer.tflite.schema.Buffer;
import qcc.importer.tflite.schema.Model;
import qcc.importer.tflite.schema.Operator;
import qcc.importer.tflite.schema.OperatorCode;
import qcc.importer.tflite.schema.QuantizationParameters;
import qcc.importer.tflite.schema.SubGraph;
import qcc.importer.tflite.schema.Tensor;

/**
 * Takes a file apart. FlatBuffers checks nothing but the ends of the file, so everything is checked here, and the
 * work is bounded: offsets may point to the same place many times.
 */
final class FileReader {
    /** Nothing larger fits a microcontroller. */
    static final int MAX_BYTES = 64 << 20;
    private static final int MAX_OPERATORS = 10_000;
    private static final int MAX_TENSORS = 50_000;
    private static final int MAX_RANK = 8;
    /** Longer names are cut: converters join the names of all that they fused. */
    private static final int MAX_NAME = 4096;
    private static final int SCHEMA_VERSION = 3;
    private static final String IDENTIFIER = "TFL3";

    private final int size;
    private final Model model;
    /** Elements that may still be read from vectors: the file's own size is more than any honest model needs. */
    private long budget;

    private FileReader(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.size = bytes.length;
        this.budget = 1024L + bytes.length;
        this.model = Model.getRootAsModel(buffer);
    }

    /** Reads a file; throws {@link MalformedModel} unless it is one. Constants remain views of {@code bytes}. */
    static ModelFile read(byte[] bytes) {
        if (bytes.length < 8 || !new String(bytes, 4, 4, StandardCharsets.ISO_8859_1).equals(IDENTIFIER)) {
            throw new MalformedModel("it does not have the mark " + IDENTIFIER + " that TFLite models begin with");
        }
        return guarded(() -> new FileReader(bytes).read());
    }

    /** Turns what FlatBuffers does about an offset that leads out of the file into an error of the file. */
    static <T> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException
                | NegativeArraySizeException | ArithmeticException e) {
            throw new MalformedModel("an offset leads out of the file: it is truncated or corrupt");
        }
    }

    private ModelFile read() {
        require(model.version() == SCHEMA_VERSION, "its version is " + model.version() + ", only " + SCHEMA_VERSION
                + " is known");
        require(model.subgraphsLength() == 1, "it has " + model.subgraphsLength()
                + " subgraphs; control flow and signatures with several graphs are not supported");
        SubGraph graph = present(model.subgraphs(0), "subgraph");
        List<Buffer> buffers = list(model.buffersLength(), MAX_TENSORS, "buffers", model::buffers);
        List<Tensor> tables = list(graph.tensorsLength(), MAX_TENSORS, "tensors", graph::tensors);
        List<TensorInfo> tensors = new ArrayList<>();
        for (Tensor table : tables) {
            tensors.add(tensor(tensors.size(), table, buffers));
        }
        List<Kind> kinds = list(model.operatorCodesLength(), MAX_OPERATORS, "operator codes",
                i -> kind(model.operatorCodes(i)));
        List<Operator> uses = list(graph.operatorsLength(), MAX_OPERATORS, "operators", graph::operators);
        List<OperatorInfo> operators = new ArrayList<>();
        for (Operator use : uses) {
            operators.add(operator(operators.size(), use, kinds, tensors.size()));
        }
        return new ModelFile(tensors, operators,
                indices(graph.inputsLength(), graph::inputs, 0, tensors.size(), "input"),
                indices(graph.outputsLength(), graph::outputs, 0, tensors.size(), "output"));
    }

    private TensorInfo tensor(int index, Tensor table, List<Buffer> buffers) {
        String what = "tensor " + index;
        require(table.shapeLength() <= MAX_RANK, what + " has " + table.shapeLength() + " axes");
        List<Integer> dims = ints(table.shapeLength(), table::shape);
        require(dims.stream().allMatch(d -> d >= 0), what + " has the shape " + dims);
        QuantizationParameters quantization = table.quantization();
        List<Float> scales = List.of();
        List<Long> zeroPoints = List.of();
        int axis = 0;
        if (quantization != null) {
            scales = list(quantization.scaleLength(), size, "scales", quantization::scale);
            zeroPoints = list(quantization.zeroPointLength(), size, "zero points", quantization::zeroPoint);
            axis = quantization.quantizedDimension();
            require(quantization.detailsType() == 0, what + " has a quantisation of a custom kind");
            require(zeroPoints.size() == scales.size(), what + " has " + scales.size() + " scales and "
                    + zeroPoints.size() + " zero points");
            require(scales.stream().allMatch(s -> s > 0 && Float.isFinite(s)), what + " has a scale that is not "
                    + "a positive number");
        }
        require(table.sparsity() == null, what + " is stored in a sparse form, which is not supported");
        return new TensorInfo(index, text(table.nameAsByteBuffer()), dims, table.type(), scales, zeroPoints, axis,
                data(what, table, dims, buffers));
    }

    private Optional<ByteBuffer> data(String what, Tensor table, List<Integer> dims, List<Buffer> buffers) {
        require(table.buffer() < buffers.size(), what + " refers to buffer " + table.buffer() + " of "
                + buffers.size());
        Buffer buffer = buffers.get((int) table.buffer());
        require(buffer.offset() <= 1, what + " is stored outside of the model's tables, as only models of more than "
                + "2 GB need");
        int length = buffer.dataLength();
        if (table.buffer() == 0 || length == 0) {
            return Optional.empty();
        }
        long elements = dims.stream().mapToLong(d -> d).reduce(1, (a, b) -> Math.min(a * b, 1L << 40));
        int bytes = TensorTypes.bytes(table.type());
        require(bytes == 0 || elements * bytes == length, what + " holds " + length + " bytes, but its shape " + dims
                + " asks for " + elements * bytes);
        return Optional.of(buffer.dataAsByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** What an operator code stands for. */
    private record Kind(int builtin, String custom) {
    }

    private Kind kind(OperatorCode code) {
        // Codes from 127 on exist in the newer field only; old files have the older one only.
        return new Kind(Math.max(code.builtinCode(), code.deprecatedBuiltinCode()),
                text(code.customCodeAsByteBuffer()));
    }

    private OperatorInfo operator(int index, Operator use, List<Kind> kinds, int tensors) {
        require(use.opcodeIndex() < kinds.size(), "operator " + index + " refers to operator code "
                + use.opcodeIndex() + " of " + kinds.size());
        Kind kind = kinds.get((int) use.opcodeIndex());
        return new OperatorInfo(index, kind.builtin(), kind.custom(),
                indices(use.inputsLength(), use::inputs, -1, tensors, "operator " + index + ": input"),
                indices(use.outputsLength(), use::outputs, 0, tensors, "operator " + index + ": output"), use);
    }

    private List<Integer> indices(int length, IntFunction<Integer> at, int least, int limit, String what) {
        List<Integer> indices = ints(length, at);
        indices.forEach(i -> require(i >= least && i < limit, what + " refers to tensor " + i + " of " + limit));
        return indices;
    }

    private List<Integer> ints(int length, IntFunction<Integer> at) {
        return list(length, size, "numbers", at);
    }

    private <T> List<T> list(int length, int limit, String what, IntFunction<T> at) {
        require(length >= 0 && length <= limit, "it has " + length + " " + what);
        budget -= length;
        require(budget >= 0, "its vectors overlap");
        List<T> list = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            list.add(present(at.apply(i), what));
        }
        return list;
    }

    private String text(ByteBuffer bytes) {
        if (bytes == null) {
            return "";
        }
        byte[] text = new byte[Math.min(bytes.remaining(), MAX_NAME)];
        budget -= text.length;
        require(budget >= 0, "its names overlap");
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static <T> T present(T value, String what) {
        require(value != null, "one of its " + what + " is missing");
        return value;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new MalformedModel(otherwise);
        }
    }
}
