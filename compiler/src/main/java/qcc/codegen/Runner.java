package qcc.codegen;

/**
 * How a makefile runs a firmware.
 *
 * @param name    by which a user chooses it: {@code make test EMULATOR=qemu}
 * @param program shell text for the program that must be installed; empty: nothing has to be
 * @param command shell text that the firmware's file name follows
 */
public record Runner(String name, String program, String command) {
}
