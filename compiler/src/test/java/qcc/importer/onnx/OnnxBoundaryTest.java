package qcc.importer.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** That ONNX files are read with protobuf is known in this package only. */
class OnnxBoundaryTest {
    private final JavaClasses production = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("qcc");

    @Test
    void nothingElseSeesProtobuf() {
        noClasses().that().resideOutsideOfPackage("qcc.importer.onnx..")
                .should().dependOnClassesThat().resideInAnyPackage("com.google.protobuf..", "qcc.importer.onnx.format")
                .check(production);
    }

    @Test
    void theImporterRestsOnTheGraphAndTheOperators() {
        classes().that().resideInAPackage("qcc.importer.onnx")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("qcc.importer.onnx..", "qcc.diagnostics", "qcc.ir", "qcc.model", "qcc.numpy",
                        "qcc.ops", "qcc.ops.attributes", "qcc.tensor", "com.google.protobuf..", "java..")
                .check(production);
    }
}
