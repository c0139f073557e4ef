/** Writes a program down as a firmware project. Templates choose and wire, C computes; only this package knows them. */
package qcc.codegen;
