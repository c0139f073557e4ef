/**
 * Builds a firmware project, runs the firmware in an emulator and reads results and measurements back. Nothing here
 * knows about networks or the compiler; nothing here depends on more than the JDK.
 */
package qcc.emulator;
