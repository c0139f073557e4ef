package qcc.frontend;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** Remarks on nodes of a syntax tree, for printing; each belongs to one node, not to those that are equal to it. */
public final class Comments {
    private final Map<Ast.Node, String> before = new IdentityHashMap<>();
    private final Map<Ast.Node, String> after = new IdentityHashMap<>();

    /** A remark on lines of its own above a model, a block or a binding. */
    public void before(Ast.Statement statement, String text) {
        before.put(statement, text);
    }

    /** A remark at the end of a stage's line. */
    public void after(Ast.Stage stage, String text) {
        after.put(stage, text);
    }

    Optional<String> before(Ast.Node node) {
        return Optional.ofNullable(before.get(node));
    }

    Optional<String> after(Ast.Node node) {
        return Optional.ofNullable(after.get(node));
    }
}
