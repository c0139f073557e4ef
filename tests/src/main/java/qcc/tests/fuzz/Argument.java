package qcc.tests.fuzz;

import qcc.ops.attributes.Literal;

/** A named argument of a layer, as QDSL writes it. */
record Argument(String name, Literal value) {

    @Override
    public String toString() {
        return name + " = " + value;
    }
}
