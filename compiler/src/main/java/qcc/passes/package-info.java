/** Transformations of graphs that leave their meaning unchanged, and the verifier that runs after each. */
package qcc.passes;
