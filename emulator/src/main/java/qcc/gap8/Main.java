package qcc.gap8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import qcc.emulator.MalformedFile;

/**
 * The command line of the simulator; {@code --help} explains it. Its exit code is the firmware's, or one of its own
 * when the firmware does not come to an end, with a message on standard error.
 */
public final class Main {
    private static final int WRONG_COMMAND = 2;
    private static final int NO_FIRMWARE = 120;

    private final PrintStream out;
    private final PrintStream errors;

    /**
     * @param out    gets what the firmware prints
     * @param errors gets report and errors
     */
    Main(PrintStream out, PrintStream errors) {
        this.out = out;
        this.errors = errors;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false,
                StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.err)), false,
                StandardCharsets.UTF_8);
        int code = new Main(out, errors).run(arguments);
        out.flush();
        errors.flush();
        System.exit(code);
    }

    /** Returns the exit code. */
    int run(String... arguments) {
        if (List.of(arguments).contains("--help")) {
            out.print(Options.USAGE);
            return 0;
        }
        try {
            return run(Options.of(arguments));
        } catch (Options.Wrong e) {
            errors.print("gap8: " + e.getMessage() + "; see --help\n");
            return WRONG_COMMAND;
        }
    }

    private int run(Options options) {
        try {
            return run(options, Firmware.read(options.firmware()));
        } catch (NoSuchFileException e) {
            errors.print("gap8: " + e.getMessage() + ": there is no such file\n");
        } catch (MalformedFile | Firmware.Unfit e) {
            errors.print("gap8: " + e.getMessage() + "\n");
        } catch (IOException e) {
            errors.print("gap8: input or output failed: " + e.getMessage() + "\n");
        }
        return NO_FIRMWARE;
    }

    private int run(Options options, Firmware firmware) throws IOException {
        Machine machine = new Machine(options.cores(), firmware.entry(), out, Path.of(""));
        firmware.load(machine.memory());
        Symbols symbols = firmware.symbols();
        Profile profile = options.profile() ? new Profile() : null;
        machine.observe(options.trace() ? new Trace(errors, machine.code(), symbols) : profile);

        Report report = report(machine, options.maxCycles(), symbols, profile);
        out.flush();
        if (options.json().isPresent()) {
            write(options.json().get(), report.json());
        }
        if (!options.quiet() || report.problem().isPresent()) {
            errors.print(report.text());
        }
        return report.exitCode();
    }

    private static Report report(Machine machine, long maxCycles, Symbols symbols, Profile profile) {
        int exitCode;
        Optional<Report.Problem> problem;
        try {
            exitCode = machine.run(maxCycles);
            problem = Optional.empty();
        } catch (Stop stop) {
            exitCode = stop.kind().exitCode;
            problem = Optional.of(new Report.Problem(stop.kind(), stop.getMessage(),
                    place(machine.stoppedAt(), symbols)));
        }
        return Report.of(machine, exitCode, problem, profile == null ? List.of() : profile.entries(symbols));
    }

    private static String place(Core core, Symbols symbols) {
        return core == null ? ""
                : core.name() + ", " + Memory.hex(core.pc()) + ", " + symbols.place(core.pc()) + ", cycle "
                + core.time();
    }

    private void write(String file, String json) throws IOException {
        if (file.equals("-")) {
            out.print(json);
        } else {
            Files.writeString(Path.of(file), json);
        }
    }
}
