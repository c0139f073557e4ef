package qcc.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import qcc.driver.Compilation;
import qcc.driver.Importation;
import qcc.driver.ProjectWriter;

/** {@code qcc import}: writes a model of any format as QDSL. */
@Command(name = "import", mixinStandardHelpOptions = true,
        description = "Writes a model as readable QDSL with its arrays; it compiles to the same firmware.")
final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Parameters(paramLabel = "MODEL", description = "the model")
    private Path model;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR",
            description = "the folder of the text and its data (default: the model's name)")
    private Path output;

    @Mixin
    private SettingsOptions settings;

    @Override
    public Integer call() {
        Compilation compilation = new Compilation(model);
        compilation.use(settings.settings());
        Importation importation = Importation.of(compilation.model());
        Path folder = output == null ? Path.of(importation.name()) : output;
        List<String> kept = ProjectWriter.write(importation.files(), folder);
        parent.terminal().report(compilation.warnings());
        kept.forEach(name -> parent.terminal().print("kept   your changes in " + folder.resolve(name) + "\n"));
        parent.terminal().print("wrote  " + folder.resolve(importation.textName()) + "\n");
        return ExitCode.OK;
    }
}
