package qcc.frontend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** That the parser is made by ANTLR is known in this package only. */
class FrontendBoundaryTest {
    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("qcc");

    @Test
    void nothingElseSeesAntlr() {
        noClasses().that().resideOutsideOfPackage("qcc.frontend")
                .should().dependOnClassesThat().resideInAPackage("org.antlr.v4..")
                .orShould().dependOnClassesThat().haveNameMatching("qcc\\.frontend\\.QdslGrammar.*")
                .check(production);
    }

    @Test
    void whatOthersUseDoesNotShowAntlr() {
        noClasses().that().haveNameMatching("qcc\\.frontend\\.(Ast|AstPrinter|SourceReader)(\\$.*)?")
                .should().dependOnClassesThat().resideInAPackage("org.antlr.v4..").check(production);
    }

    @Test
    void theFrontEndRestsOnDiagnosticsOnly() {
        classes().that().resideInAPackage("qcc.frontend")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("qcc.frontend", "qcc.diagnostics", "org.antlr.v4..", "java..")
                .check(production);
    }
}
