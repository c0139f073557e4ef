package qcc.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import qcc.codegen.FileTree;
import qcc.diagnostics.Suggestions;
import qcc.driver.Compilation;
import qcc.driver.Footprint;
import qcc.driver.Pass;
import qcc.driver.PassTable;
import qcc.driver.Project;
import qcc.driver.ProjectWriter;
import qcc.frontend.AstPrinter;
import qcc.ir.Graph;
import qcc.ir.GraphPrinter;
import qcc.ir.Stage;
import qcc.program.CNames;
import qcc.program.KernelExplanation;
import qcc.program.KernelSelection;
import qcc.program.ProgramPrinter;
import qcc.target.Installation;
import qcc.target.Target;

/** {@code qcc compile}: writes a firmware project. */
@Command(name = "compile", mixinStandardHelpOptions = true, description = "Writes a firmware project for a model.")
final class CompileCommand implements Callable<Integer> {
    @ParentCommand
    private Qcc parent;

    @Mixin
    private CompileOptions options;

    @Override
    public Integer call() {
        Terminal terminal = parent.terminal();
        Optional<String> unknown = options.dumpAfter().filter(name -> !PassTable.names().contains(name));
        if (unknown.isPresent()) {
            terminal.err().println("qcc: there is no pass `" + unknown.get() + "`; "
                    + Suggestions.closest(unknown.get(), PassTable.names()).map(c -> "did you mean `" + c + "`?")
                            .orElse("the passes are " + String.join(", ", PassTable.names())));
            return CommandLine.ExitCode.USAGE;
        }
        Compilation compilation = new Compilation(options.model().model(), this::dump, options.model().optimise());
        compilation.use(options.model().settings());
        try (Progress progress = new Progress(terminal, "compiling " + options.model().model())) {
            compilation.reportActivity(progress::now);
            if (options.explainKernels()) {
                explainKernels(compilation);
            } else if (options.emit().isPresent()) {
                emit(compilation, options.emit().get());
            } else {
                writeProject(compilation, progress);
            }
        }
        terminal.report(compilation.warnings());
        if (options.timePasses()) {
            compilation.passes().nanoseconds().forEach((pass, time) -> terminal.err().println(
                    String.format(Locale.ROOT, "%10.1f ms  %s", time / 1e6, pass)));
        }
        return ExitCode.OK;
    }

    private void dump(Pass pass, Graph graph) {
        if (options.dumpAfter().filter(pass.name()::equals).isPresent()) {
            parent.terminal().print(GraphPrinter.print(graph));
        }
    }

    private void explainKernels(Compilation compilation) {
        Target target = options.model().target(Installation.find());
        parent.terminal().print(KernelExplanation.of(KernelSelection.of(compilation.graph(Stage.INTEGER), target,
                compilation.goal()), compilation.goal()));
    }

    private void emit(Compilation compilation, CompileOptions.Emit stage) {
        parent.terminal().print(switch (stage) {
            case AST -> AstPrinter.print(compilation.ast());
            case GRAPH -> GraphPrinter.print(compilation.model().graph());
            case INTEGER -> GraphPrinter.print(compilation.graph(Stage.INTEGER));
            case PLAN -> ProgramPrinter.print(project(compilation).program());
            case C -> source(project(compilation));
        });
    }

    private Project project(Compilation compilation) {
        Installation installation = Installation.find();
        Target target = options.model().target(installation);
        return Project.of(compilation, target, installation);
    }

    private static String source(Project project) {
        return project.files().text("model/" + CNames.prefix(project.program().name()) + ".c");
    }

    private void writeProject(Compilation compilation, Progress progress) {
        Project project = project(compilation);
        Optional<Footprint> footprint = Optional.empty();
        if (!options.noBuild()) {
            progress.now("measuring code and stack");
            footprint = Footprint.measure(project);
        }
        Path folder = options.output().orElseGet(project::defaultFolder);
        FileTree files = options.layout().isFirmware() ? project.files()
                : project.library(options.layout(), Installation.find());
        List<String> kept = ProjectWriter.write(files, folder);
        progress.done();
        parent.terminal().print(Summary.of(project, footprint));
        if (footprint.isEmpty() && !options.noBuild() && project.target().linkerScript().isPresent()) {
            parent.terminal().print("built  not yet, so that code and stack are unknown: " + project.target().compiler()
                    + " or make is not installed\n");
        }
        kept.forEach(name -> parent.terminal().print("kept   your changes in " + folder.resolve(name) + "\n"));
        parent.terminal().print("wrote  " + folder + " (" + files.files().size() + " files); next: "
                + options.layout().next(folder) + "\n");
    }
}
