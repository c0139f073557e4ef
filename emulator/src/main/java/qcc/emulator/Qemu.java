package qcc.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * QEMU in system mode, with semihosting for text, files and the exit code.
 *
 * @param tools   where to find the program
 * @param program for example {@code qemu-system-arm}
 * @param machine the board, for example {@code mps2-an386}
 * @param options further options, such as {@code -bios none}
 */
public record Qemu(Tools tools, String program, String machine, List<String> options) implements Emulator {
    /**
     * The firmware's text goes to standard output, which keeps it apart from QEMU's own messages; a machine's UART may
     * be led there, too, by an option {@code -serial chardev:qcc}. {@code -icount} makes every instruction take 256 ns
     * of virtual time, several ticks of a timer, so that timers count instructions exactly and runs are repeatable.
     */
    private static final List<String> ALWAYS = List.of(
            "-nographic", "-monitor", "none",
            "-chardev", "stdio,id=qcc,mux=on,signal=off",
            "-semihosting-config", "enable=on,target=native,chardev=qcc");

    private static final List<String> COUNTING = List.of("-icount", "shift=8");
    /** Traces come without: where the count of a slice of time ends, blocks are cut short. */
    private static final String TRACING = "-d";
    private static final String SERIAL = "-serial";

    public Qemu {
        options = List.copyOf(options);
    }

    /** From the words of an emulator line: {@code program -M machine options...}. */
    static Emulator of(List<String> words, Tools tools) {
        if (words.size() < 3 || !words.get(1).equals("-M")) {
            throw new IllegalArgumentException("`" + words.get(0) + "` needs a machine: " + words.get(0)
                    + " -M MACHINE [OPTION...]");
        }
        return new Qemu(tools, words.get(0), words.get(2), words.subList(3, words.size()));
    }

    @Override
    public String name() {
        return "qemu";
    }

    @Override
    public String shellProgram() {
        return program;
    }

    @Override
    public boolean isInstalled() {
        return tools.locate(program).isPresent();
    }

    @Override
    public String describe() {
        return tools.version(program) + ", machine " + machine;
    }

    @Override
    public String shellPrefix() {
        return String.join(" ", words(program));
    }

    /** The command up to the firmware's file name. */
    private List<String> words(String executable) {
        List<String> words = new ArrayList<>(List.of(executable, "-M", machine));
        words.addAll(ALWAYS);
        if (!options.contains(TRACING)) {
            words.addAll(COUNTING);
        }
        if (!options.contains(SERIAL)) {
            words.addAll(List.of(SERIAL, "none"));
        }
        words.addAll(options);
        words.add("-kernel");
        return words;
    }

    @Override
    public RunResult run(Path elf, Path workingDirectory, Duration limit) {
        List<String> words = words(tools.find(program).toString());
        words.add(elf.toAbsolutePath().toString());
        return RunResult.of(ProcessRunner.run(Command.of(limit, words).in(workingDirectory)));
    }

    @Override
    public boolean traces() {
        return program.equals("qemu-system-arm");
    }

    @Override
    public Emulator tracing(Path log) {
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of(TRACING, "in_asm,exec,nochain", "-D", log.toAbsolutePath().toString()));
        return new Qemu(tools, program, machine, more);
    }
}
