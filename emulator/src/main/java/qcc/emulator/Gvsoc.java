package qcc.emulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GVSOC, the vendor's simulator of the whole chip, which comes with the SDK: what an SDK's rules build they also run, with
 * {@code make run platform=gvsoc}. A firmware stands for the program of its name, {@code build/verify.elf} for
 * {@code PROGRAM=verify}.
 *
 * @param tools whose environment may name an SDK
 */
public record Gvsoc(Tools tools) implements Emulator {
    static final String NAME = "gvsoc";

    private static final String ELF = ".elf";
    /** How make says what a command of its rules ended with. */
    private static final Pattern MAKE_ERROR = Pattern.compile("\\*\\*\\* .* Error (\\d{1,3})\\b");

    /** From the words of an emulator line: {@code gvsoc}. */
    static Emulator of(List<String> words, Tools tools) {
        if (words.size() != 1) {
            throw new IllegalArgumentException("`" + NAME + "` takes no options");
        }
        return new Gvsoc(tools);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Makefiles run it by the SDK's rules, not by a command of their own. */
    @Override
    public String shellProgram() {
        return "";
    }

    @Override
    public String shellPrefix() {
        return "";
    }

    @Override
    public boolean isInstalled() {
        return tools.sdk().isPresent();
    }

    @Override
    public boolean needsSdk() {
        return true;
    }

    @Override
    public Optional<Sdk> sdk() {
        return Optional.of(tools.sdk().orElseThrow(() -> ToolMissing.withoutSdk(NAME)));
    }

    @Override
    public String describe() {
        return "GVSOC, by the " + sdk().orElseThrow();
    }

    @Override
    public RunResult run(Path elf, Path workingDirectory, Duration limit) {
        String file = elf.getFileName().toString();
        List<String> words = new ArrayList<>(List.of(tools.find("make").toString(), "--no-print-directory",
                "PROGRAM=" + (file.endsWith(ELF) ? file.substring(0, file.length() - ELF.length()) : file)));
        new TreeMap<>(sdk().orElseThrow().variables()).forEach((name, value) -> words.add(name + "=" + value));
        words.add("run");
        ProcessResult make = ProcessRunner.run(Command.of(limit, words).in(workingDirectory)
                .without(ProjectBuild.VARIABLES_OF_MAKE).with("LC_ALL", "C.UTF-8"));
        Matcher error = MAKE_ERROR.matcher(make.stderr());
        int code = make.exitCode() != 0 && error.find() ? Integer.parseInt(error.group(1)) : make.exitCode();
        return new RunResult(code, make.timedOut(), make.stdout(), make.stderr(), make.elapsed());
    }
}
