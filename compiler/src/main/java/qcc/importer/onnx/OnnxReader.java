package qcc.importer.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Span;
import qcc.importer.onnx.format.Onnx.ModelProto;
import qcc.ir.Graph;
import qcc.model.Model;
import qcc.model.ModelReader;
import qcc.model.QuantizeSettings;

/** Models in ONNX files: real-valued ones become TYPED graphs, quantised ones INTEGER graphs. */
public final class OnnxReader implements ModelReader {
    private static final String EXTENSION = ".onnx";
    /** Messages within messages; the deepest in a model are six deep. */
    private static final int MAX_DEPTH = 20;

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public Optional<Model> read(Path file, String shown, Diagnostics diagnostics) {
        Span span = Span.wholeFile(shown);
        try {
            Optional<ByteString> bytes = bytes(file, span, diagnostics);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            ModelProto proto = parse(bytes.get());
            TensorDecoder decoder = new TensorDecoder(new ExternalData(file.toAbsolutePath().getParent(),
                    Limits.MAX_FILE));
            Graph graph = graph(OnnxGraph.of(proto, decoder), decoder, name(file), diagnostics, span);
            return diagnostics.hasErrors() ? Optional.empty()
                    : Optional.of(new Model(graph, QuantizeSettings.DEFAULT, span));
        } catch (InvalidProtocolBufferException e) {
            diagnostics.report(Diagnostic.of(Code.E901, span, "this is no valid ONNX file")
                    .because(String.valueOf(e.getMessage())).help("export the model again"));
        } catch (IOException e) {
            diagnostics.report(Diagnostic.of(Code.E401, span, "the file cannot be read"));
        } catch (ImportException e) {
            diagnostics.report(Diagnostic.of(e.code(), span, e.getMessage()).help(e.help()));
        }
        return Optional.empty();
    }

    private static Optional<ByteString> bytes(Path file, Span span, Diagnostics diagnostics) throws IOException {
        if (Files.size(file) > Limits.MAX_FILE) {
            diagnostics.report(Diagnostic.of(Code.E407, span, "the file holds more than " + Limits.MAX_FILE + " bytes")
                    .help("no microcontroller holds such a network"));
            return Optional.empty();
        }
        return Optional.of(UnsafeByteOperations.unsafeWrap(Files.readAllBytes(file)));
    }

    /** Arrays are not copied out of the file's bytes. */
    private static ModelProto parse(ByteString bytes) throws IOException {
        MessageCount.check(bytes.newCodedInput(), ModelProto.getDescriptor());
        CodedInputStream input = bytes.newCodedInput();
        input.enableAliasing(true);
        input.setRecursionLimit(MAX_DEPTH);
        ModelProto proto = ModelProto.parseFrom(input);
        input.checkLastTagWas(0);
        return proto;
    }

    private static Graph graph(OnnxGraph onnx, TensorDecoder decoder, String name, Diagnostics diagnostics,
            Span span) {
        if (onnx.isQuantized()) {
            IntegerEmitter emitter = new IntegerEmitter(span);
            new OnnxImporter(onnx, decoder, emitter, diagnostics, span).run();
            return diagnostics.hasErrors() ? null : emitter.build(name);
        }
        FloatEmitter emitter = new FloatEmitter(span);
        new OnnxImporter(onnx, decoder, emitter, diagnostics, span).run();
        return emitter.build(name);
    }

    /** The model is called like its file. */
    private static String name(Path file) {
        String name = file.getFileName().toString();
        return Names.identifier(name.substring(0, name.length() - EXTENSION.length()));
    }
}
