package qcc.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import qcc.codegen.FileTree;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.frontend.QdslReader;
import qcc.model.Model;
import qcc.model.SampleSource;
import qcc.numpy.NumpyFile;
import qcc.writer.Transcript;

/** A model as a folder that needs nothing else: its text, its trained arrays, its calibration samples. */
public final class Importation {
    private final Transcript transcript;
    private final FileTree files = new FileTree();

    private Importation(Model model) {
        this.transcript = Transcript.of(model);
    }

    /** Writes the model as QDSL; samples that cannot be read raise {@link CompilationFailed}. */
    public static Importation of(Model model) {
        Importation importation = new Importation(model);
        importation.addFiles();
        return importation;
    }

    private void addFiles() {
        files.add(textName(), transcript.text());
        if (!transcript.arrays().isEmpty()) {
            files.add(transcript.parametersName(), NumpyFile.toNpz(transcript.arrays()));
        }
        Optional<SampleSource.File> samples = transcript.samples();
        if (samples.isPresent()) {
            try {
                files.add(transcript.samplesName().orElseThrow(), Files.readAllBytes(samples.get().path()));
            } catch (IOException e) {
                throw new CompilationFailed(Diagnostic.of(Code.E401, samples.get().span(),
                        samples.get().shown() + " cannot be read"));
            }
        }
    }

    public FileTree files() {
        return files;
    }

    /** The model's name, a good name for the folder. */
    public String name() {
        return transcript.name();
    }

    /** The name of the text among the files. */
    public String textName() {
        return transcript.name() + QdslReader.EXTENSION;
    }
}
