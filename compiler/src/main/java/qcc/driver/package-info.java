/** Runs the compiler's stages in order, and what is built on them: evaluation and verification. */
package qcc.driver;
