package qcc.emulator;

import java.util.Optional;

/** A program that is needed is not installed. The message says how to install it. */
public final class ToolMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String program;

    private ToolMissing(String program, String message) {
        super(message);
        this.program = program;
    }

    static ToolMissing notFound(String program) {
        return new ToolMissing(program, "program `" + program + "` not found" + Tools.adviceFor(program)
                .map(advice -> "; " + advice).orElse("")
                + "; it is looked for on the PATH, or set " + Tools.variableOf(program) + " to its path");
    }

    static ToolMissing wrongOverride(String program, String path) {
        return new ToolMissing(program, "program `" + program + "` not found: " + Tools.variableOf(program)
                + " is set to " + path + ", which is not an executable file");
    }

    /** What comes with an SDK, of which there is none. */
    static ToolMissing withoutSdk(String program) {
        return new ToolMissing(program, "`" + program + "` comes with an SDK, and no SDK is set up; " + Sdk.ADVICE);
    }

    /** The program's name, as it was asked for. */
    public String program() {
        return program;
    }

    /** The Debian package that holds the program, where known. */
    public Optional<String> debianPackage() {
        return Tools.debianPackageOf(program);
    }
}
