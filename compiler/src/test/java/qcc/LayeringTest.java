package qcc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import qcc.ops.Operators;

/** The one-way dependencies of the house, and its rules for source files. */
class LayeringTest {
    private static final Path SOURCES = Path.of("src/main/java/qcc");
    private static final int MAX_LINES = 400;

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("qcc");

    @Test
    void dependenciesRunOneWay() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
                .layer("diagnostics").definedBy("qcc.diagnostics..")
                .layer("tensor").definedBy("qcc.tensor..")
                .layer("numpy").definedBy("qcc.numpy..")
                .layer("ir").definedBy("qcc.ir..")
                .layer("ops").definedBy("qcc.ops..")
                .layer("interpreter").definedBy("qcc.interpreter..")
                .layer("model").definedBy("qcc.model..")
                .layer("target").definedBy("qcc.target..")
                .layer("frontend").definedBy("qcc.frontend..")
                .optionalLayer("importer").definedBy("qcc.importer..")
                .layer("passes").definedBy("qcc.passes..")
                .layer("quant").definedBy("qcc.quant..")
                .layer("plan").definedBy("qcc.plan..")
                .layer("program").definedBy("qcc.program..")
                .layer("files").definedBy("qcc.files..")
                .layer("budget").definedBy("qcc.budget..")
                .layer("template").definedBy("qcc.template..")
                .layer("ci").definedBy("qcc.ci..")
                .layer("codegen").definedBy("qcc.codegen..")
                .layer("emulator").definedBy("qcc.emulator..")
                .layer("driver").definedBy("qcc.driver..")
                .layer("search").definedBy("qcc.search..")
                .layer("report").definedBy("qcc.report..")
                .layer("cli").definedBy("qcc.cli..")
                .whereLayer("diagnostics").mayNotAccessAnyLayer()
                .whereLayer("tensor").mayNotAccessAnyLayer()
                .whereLayer("emulator").mayNotAccessAnyLayer()
                .whereLayer("numpy").mayOnlyAccessLayers("diagnostics")
                .whereLayer("ir").mayOnlyAccessLayers("diagnostics", "tensor")
                .whereLayer("target").mayOnlyAccessLayers("diagnostics", "tensor")
                .whereLayer("ops").mayOnlyAccessLayers("ir", "diagnostics", "tensor")
                .whereLayer("interpreter").mayOnlyAccessLayers("ops", "ir", "tensor")
                .whereLayer("model").mayOnlyAccessLayers("ops", "ir", "diagnostics")
                .whereLayer("frontend").mayOnlyAccessLayers("model", "ops", "ir", "numpy", "tensor", "diagnostics")
                .whereLayer("importer").mayOnlyAccessLayers("model", "ops", "ir", "numpy", "tensor", "diagnostics")
                .whereLayer("passes").mayOnlyAccessLayers("ops", "ir", "tensor", "diagnostics")
                .whereLayer("quant").mayOnlyAccessLayers("interpreter", "model", "ops", "ir", "numpy", "tensor",
                        "diagnostics")
                .whereLayer("plan").mayOnlyAccessLayers("ops", "ir", "tensor", "diagnostics")
                .whereLayer("program").mayOnlyAccessLayers("model", "plan", "target", "ops", "ir", "tensor",
                        "diagnostics")
                .whereLayer("files").mayNotAccessAnyLayer()
                .whereLayer("budget").mayOnlyAccessLayers("diagnostics", "files")
                .whereLayer("template").mayNotAccessAnyLayer()
                .whereLayer("ci").mayOnlyAccessLayers("template", "target", "diagnostics")
                .whereLayer("codegen").mayOnlyAccessLayers("template", "model", "program", "plan", "target",
                        "interpreter", "ops", "ir", "tensor", "diagnostics")
                .whereLayer("driver").mayOnlyBeAccessedByLayers("search", "report", "cli")
                .whereLayer("search").mayOnlyBeAccessedByLayers("report", "cli")
                .whereLayer("report").mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli").mayNotBeAccessedByAnyLayer()
                .check(PRODUCTION);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("qcc.(*)..").should().beFreeOfCycles().check(PRODUCTION);
    }

    @Test
    void onlyTheFrontEndSeesAntlr() {
        noClasses().that().resideOutsideOfPackage("qcc.frontend")
                .should().dependOnClassesThat().resideInAPackage("org.antlr.v4..")
                .orShould().dependOnClassesThat().haveNameMatching("qcc\\.frontend\\.QdslGrammar.*")
                .check(PRODUCTION);
        noClasses().that().haveNameMatching("qcc\\.frontend\\.(Ast|AstPrinter|SourceReader|Elaborator)(\\$.*)?")
                .should().dependOnClassesThat().resideInAPackage("org.antlr.v4..").check(PRODUCTION);
    }

    @Test
    void onlyTemplatesSeeStringTemplate() {
        noClasses().that().resideOutsideOfPackage("qcc.template")
                .should().dependOnClassesThat().resideInAPackage("org.stringtemplate..").check(PRODUCTION);
    }

    @Test
    void onlyBudgetsSeeYaml() {
        noClasses().that().resideOutsideOfPackage("qcc.budget")
                .should().dependOnClassesThat().resideInAPackage("org.snakeyaml..").check(PRODUCTION);
    }

    @Test
    void onlyTheCommandLineSeesPicocli() {
        noClasses().that().resideOutsideOfPackage("qcc.cli")
                .should().dependOnClassesThat().resideInAPackage("picocli..").check(PRODUCTION);
    }

    @Test
    void filesAreShort() throws IOException {
        for (Path file : sources()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MAX_LINES);
        }
    }

    /** An operator's name in the text of another class would be the beginning of a chain of ifs. */
    @Test
    void noOtherClassAsksForAnOperatorByName() throws IOException {
        String names = Operators.names().stream().collect(Collectors.joining("|"));
        Pattern question = Pattern.compile("\\.equals\\(\"(" + names + ")\"\\)|\"(" + names + ")\"\\.equals"
                + "|case\\s+\"(" + names + ")\"");
        List<Path> asking = new ArrayList<>();
        for (Path file : sources()) {
            if (question.matcher(Files.readString(file)).find()) {
                asking.add(file);
            }
        }
        assertThat(asking).isEmpty();
        assertThat("if (name.equals(\"conv2d\")) {").containsPattern(question);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            List<Path> files = all.filter(path -> path.toString().endsWith(".java")).toList();
            assertThat(files).hasSizeGreaterThan(100);
            return files;
        }
    }
}
