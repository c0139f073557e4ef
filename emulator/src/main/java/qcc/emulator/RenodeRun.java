package qcc.emulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One firmware in a Renode process: set the machine up, let it run, see how it ended. */
final class RenodeRun {
    /** What the script's command {@code qcc_status} prints. */
    private static final Pattern STATUS = Pattern.compile("\\s*(running|ended (\\d+)) (\\d+)\\s*");
    private static final Pattern COLOURS = Pattern.compile("\\x1B\\[[0-9;]*m");
    private static final Duration SETUP_LIMIT = Duration.ofSeconds(60);
    /** Virtual time between two looks at the firmware; at first short, because most firmware soon ends. */
    private static final double FIRST_SLICE_SECONDS = 0.01;
    private static final double LAST_SLICE_SECONDS = 0.64;
    private static final long MAX_TEXT_BYTES = 8L << 20;

    private final RenodeProcess process;
    private final Path directory;
    private final long start = System.nanoTime();
    private final Duration limit;
    private long instructions;

    /**
     * @param process   a fresh one, or one that has been reset
     * @param directory where the relative paths of files start that the firmware opens
     * @param limit     wall-clock limit
     */
    RenodeRun(RenodeProcess process, Path directory, Duration limit) {
        this.process = process;
        this.directory = directory;
        this.limit = limit;
    }

    /**
     * Runs the firmware to its end or its limit.
     *
     * @throws EmulatorFailed when Renode refuses a command, gives the processor up or dies
     */
    RunResult execute(Path platform, Path script, Path elf) {
        Path text = process.folder().resolve("firmware.txt");
        try {
            Files.deleteIfExists(text);
            setUp(platform, script, elf, text);
            int code = untilEnd();
            return new RunResult(code, false, read(text), "", elapsed());
        } catch (RenodeClient.TimedOut e) {
            return new RunResult(0, true, read(text), String.join("\n", process.complaints()), elapsed());
        } catch (RenodeClient.Refused e) {
            throw failed("Renode failed: " + COLOURS.matcher(e.getMessage()).replaceAll("").strip(), text, e);
        } catch (IOException e) {
            throw failed(process.hasEnded() ? "Renode was ended while the firmware ran"
                    : "Renode cannot be talked to: " + e.getMessage(), text, e);
        }
    }

    private EmulatorFailed failed(String what, Path text, IOException cause) {
        String said = (read(text) + String.join("\n", process.complaints())).strip();
        return new EmulatorFailed(said.isEmpty() ? what : what + "\nit said: " + said, cause);
    }

    /** Instructions that the processor had executed at the last look. */
    long instructions() {
        return instructions;
    }

    private void setUp(Path platform, Path script, Path elf, Path text) throws IOException {
        command("logFile " + quoted(process.log()));
        command("logLevel 3"); // errors; of the logs that there are by now
        command("mach create \"qcc\"");
        command("machine LoadPlatformDescription " + quoted(platform));
        command("sysbus LoadELF " + quoted(elf));
        command("include " + quoted(script));
        String said = command("qcc_attach \"" + unix(directory) + "\" \"" + unix(text) + "\"");
        if (!said.contains("attached")) {
            throw new RenodeClient.Refused("the script " + script.getFileName() + " does not attach: " + said);
        }
    }

    private String command(String text) throws IOException {
        Duration left = left();
        return process.client().command(text, left.compareTo(SETUP_LIMIT) < 0 ? left : SETUP_LIMIT);
    }

    /** Renode's way to write a path with blanks in it. */
    private static String quoted(Path path) {
        return "@" + unix(path).replace(" ", "\\ ");
    }

    private static String unix(Path path) {
        return path.toAbsolutePath().toString().replace('\\', '/');
    }

    /** The firmware's exit code. */
    private int untilEnd() throws IOException {
        for (double slice = FIRST_SLICE_SECONDS; ; slice = Math.min(2 * slice, LAST_SLICE_SECONDS)) {
            process.client().run(left(), process::cpuAbort, "ExecuteCommand",
                    String.format(Locale.ROOT, "emulation RunFor \"%.2f\"", slice));
            String status = command("qcc_status");
            Matcher matcher = STATUS.matcher(status);
            if (!matcher.matches()) {
                throw new RenodeClient.Refused("its script answers `" + status + "`");
            }
            instructions = Long.parseLong(matcher.group(3));
            if (matcher.group(2) != null) {
                return Integer.parseInt(matcher.group(2));
            }
        }
    }

    private Duration left() throws RenodeClient.TimedOut {
        Duration left = limit.minus(elapsed());
        if (left.isNegative() || left.isZero()) {
            throw new RenodeClient.TimedOut("the time is up");
        }
        return left;
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static String read(Path text) {
        try {
            return Files.exists(text) && Files.size(text) <= MAX_TEXT_BYTES
                    ? new String(Files.readAllBytes(text), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
