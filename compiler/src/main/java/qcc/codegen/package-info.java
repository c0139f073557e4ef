/** Writes a program down as a firmware project. Templates choose and wire, C computes. */
package qcc.codegen;
