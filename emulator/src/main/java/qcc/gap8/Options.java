package qcc.gap8;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param cores     of the cluster, 1 to 8
 * @param maxCycles the last cycle in which an instruction may begin
 * @param json      where the report goes as JSON, {@code -} for standard output; else it is text on standard error
 * @param quiet     no report as text
 */
record Options(Path firmware, int cores, long maxCycles, boolean trace, boolean profile, boolean quiet,
               Optional<String> json) {
    static final String USAGE = """
            usage: java -cp CLASSES qcc.gap8.Main [OPTION...] FIRMWARE.elf
            Runs a firmware in a simulator of GAP-8. Its text goes to standard output, a report to standard error.
              --cores N       cores of the cluster, 1 to 8; 8 if not given
              --max-cycles N  stop after N cycles; 10000000000 if not given
              --profile       count instructions and cycles of every symbol
              --trace         print every instruction
              --json FILE     write the report as JSON, to standard output if FILE is -
              --quiet         no report, only errors
            Exit code: the firmware's; 2 wrong command line, 120 no firmware to run, 121 fault, 122 deadlock,
            123 cycle limit.
            """;

    /** The command line is wrong; the message says in what. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /** @throws Wrong for a command line that does not follow {@link #USAGE} */
    static Options of(String... arguments) {
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        String firmware = null;
        int cores = Core.FABRIC_CONTROLLER;
        long maxCycles = 10_000_000_000L;
        boolean trace = false;
        boolean profile = false;
        boolean quiet = false;
        Optional<String> json = Optional.empty();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--cores" -> cores = (int) number(word, rest, Core.FABRIC_CONTROLLER);
                case "--max-cycles" -> maxCycles = number(word, rest, Long.MAX_VALUE - 1);
                case "--trace" -> trace = true;
                case "--profile" -> profile = true;
                case "--quiet" -> quiet = true;
                case "--json" -> json = Optional.of(value(word, rest));
                default -> {
                    if (word.startsWith("-")) {
                        throw new Wrong("unknown option " + word);
                    }
                    if (firmware != null) {
                        throw new Wrong("more than one firmware: " + firmware + " and " + word);
                    }
                    firmware = word;
                }
            }
        }
        if (firmware == null) {
            throw new Wrong("which firmware?");
        }
        if (trace && profile) {
            throw new Wrong("--trace and --profile exclude each other");
        }
        return new Options(path(firmware), cores, maxCycles, trace, profile, quiet, json);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Wrong("no file can have the name " + text);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Wrong(option + " needs a value");
        }
        return rest.next();
    }

    private static long number(String option, Iterator<String> rest, long most) {
        String text = value(option, rest);
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Wrong(option + " takes a number from 1 to " + most + ", not " + text);
    }
}
