package qcc.importer.onnx;

/** Imports the nodes of one operator. */
@FunctionalInterface
interface NodeImporter {

    /** The node's first output. Throws {@link ImportException} for what cannot be expressed. */
    Operand run(Scope scope);
}
