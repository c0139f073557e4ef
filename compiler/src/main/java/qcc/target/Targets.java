package qcc.target;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;

/** Reads the target folders of an installation. */
public final class Targets {
    private static final String DESCRIPTION_FILE = "target.properties";
    /** The kernels that every target has, behind its own; in the folder that targets share. */
    private static final String PORTABLE_KERNELS = "portable.kernels";
    private static final int MAX_INHERITANCE = 8;
    /** What runs firmware that an SDK has built. */
    private static final String SDK_EMULATOR_LINE = "gvsoc";

    private final Path root;

    public Targets(Installation installation) {
        this.root = installation.targets();
    }

    /** The names of all targets, sorted. */
    public List<String> names() {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve(DESCRIPTION_FILE)))
                    .map(folder -> folder.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failure(Code.E702, root.toString(), "the folder of the targets cannot be read: " + e.getMessage());
        }
    }

    /** The target of the given name; {@link CompilationFailed} when there is none or its description is wrong. */
    public Target load(String name) {
        Loader loader = loader(name);
        Target target = loader.load();
        return target.withCosts(loader.costs(costs -> target.kernels().forEach(costs::check)));
    }

    /** The same, for those who measure what its kernels cost: of kernels whose terms are others by now, it is not known. */
    public Target loadToMeasure(String name) {
        Loader loader = loader(name);
        Target target = loader.load();
        return target.withCosts(loader.costs(costs -> { }).upToDate(target.kernels()));
    }

    private Loader loader(String name) {
        if (!names().contains(name)) {
            throw new CompilationFailed(Diagnostic.of(Code.E701, Span.wholeFile("--target"),
                    "there is no target `" + name + "`").help(Suggestions.closest(name, names())
                            .map(close -> "did you mean `" + close + "`?")
                            .orElse("the targets are " + String.join(", ", names()))));
        }
        return new Loader(name);
    }

    private static CompilationFailed failure(Code code, String where, String message) {
        return new CompilationFailed(Diagnostic.of(code, Span.wholeFile(where), message)
                .help("targets/README.md describes the keys"));
    }

    /** Reads one target with what it inherits. */
    private final class Loader {
        private final String name;
        private final List<Path> folders = new ArrayList<>();
        private final Map<String, String> values = new TreeMap<>();

        Loader(String name) {
            this.name = name;
        }

        Target load() {
            for (String next = name; next != null; next = read(next)) {
                if (folders.size() > MAX_INHERITANCE) {
                    throw wrong("inherits from itself, or through too many others");
                }
            }
            folders.add(root.resolve("common"));
            return new Target(name, get("description"), get("compiler"), words("flags.cpu"), words("flags.link"),
                    files("sources"), files("headers"), files("linker.script").stream().findFirst(), memory("flash"),
                    memory("ram"), size("stack.size").orElse(0L), kernels(), KernelCosts.NONE, emulators(),
                    emulatorFiles(), counter(), cycles(),
                    Optional.ofNullable(values.get("openocd")).filter(text -> !text.isEmpty()), words("packages"),
                    cluster(), optionalWords("sdk.sources").stream().map(file -> find("sdk.sources", file)).toList());
        }

        /** Reads a description; values that are already known win. Gives the name of the next one. */
        private String read(String target) {
            Path file = root.resolve(target).resolve(DESCRIPTION_FILE);
            if (!Files.exists(file)) {
                throw wrong("inherits from `" + target + "`, which does not exist");
            }
            folders.add(root.resolve(target));
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw wrong("cannot be read as a list of `key = value` in UTF-8");
            }
            for (String key : properties.stringPropertyNames()) {
                values.putIfAbsent(key, properties.getProperty(key).trim());
            }
            return Optional.ofNullable(properties.getProperty("inherits")).map(String::trim).orElse(null);
        }

        private String get(String key) {
            String value = values.get(key);
            if (value == null) {
                throw wrong("lacks the key `" + key + "`");
            }
            return value;
        }

        private List<String> words(String key) {
            return Arrays.stream(get(key).split("\\s+")).filter(word -> !word.isEmpty()).toList();
        }

        private List<Path> files(String key) {
            return words(key).stream().map(file -> find(key, file)).toList();
        }

        private Path find(String key, String file) {
            return folders.stream().map(folder -> folder.resolve(file)).filter(Files::isRegularFile).findFirst()
                    .orElseThrow(() -> wrong("names the file `" + file + "` under `" + key + "`, which is not there"));
        }

        private Optional<Memory> memory(String region) {
            return size(region + ".size").map(bytes ->
                    new Memory(get(region + ".origin"), get(region + ".size"), bytes));
        }

        private Optional<Long> size(String key) {
            String text = get(key);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(Memory.bytesOf(text).orElseThrow(() ->
                    wrong("has `" + text + "` under `" + key + "`, which is no size such as 256K")));
        }

        /** A key that may be absent, and then is empty. */
        private List<String> optionalWords(String key) {
            return Arrays.stream(values.getOrDefault(key, "").split("\\s+")).filter(word -> !word.isEmpty()).toList();
        }

        private List<String> emulators() {
            List<String> lines = new ArrayList<>();
            if (!get("emulator").isEmpty()) {
                lines.add(get("emulator"));
            }
            if (!optionalWords("renode").isEmpty()) {
                lines.add(RenodeFiles.EMULATOR_LINE);
            }
            if (!optionalWords("sdk.sources").isEmpty()) {
                lines.add(SDK_EMULATOR_LINE);
            }
            if (lines.isEmpty()) {
                throw wrong("names nothing under `emulator` or `renode` that could run a firmware");
            }
            return List.copyOf(lines);
        }

        private Map<String, String> emulatorFiles() {
            List<String> renode = optionalWords("renode");
            if (renode.isEmpty()) {
                return Map.of();
            }
            try {
                return new RenodeFiles(file -> find("renode", file), values, name).read(renode);
            } catch (IOException | IllegalArgumentException e) {
                throw wrong("cannot be used with Renode: " + e.getMessage());
            }
        }

        private Optional<Target.Counter> counter() {
            List<String> words = optionalWords("counter");
            if (words.isEmpty()) {
                return Optional.empty();
            }
            if (words.size() < 3 || words.size() > 4 || !words.get(0).matches("cmsdk_timer|sse_counter|instruction_counter|cycle_counter")
                    || !words.get(1).matches("0x[0-9a-fA-F]{1,8}") || !words.get(2).matches("[0-9]{1,4}")) {
                throw wrong("has `" + values.get("counter") + "` under `counter`, which is no kind "
                        + "(cmsdk_timer, sse_counter, instruction_counter or cycle_counter), address and number of MHz");
            }
            return Optional.of(new Target.Counter(words.get(0), words.get(1), words.get(2),
                    words.size() == 4 ? words.get(3) : ""));
        }

        private Optional<Target.Cycles> cycles() {
            List<String> words = optionalWords("cycles");
            if (words.isEmpty()) {
                return Optional.empty();
            }
            if (words.size() != 4 || !words.stream().allMatch(word -> word.matches("[1-9][0-9]?"))) {
                throw wrong("has `" + values.get("cycles") + "` under `cycles`, which is not four numbers of cycles: of "
                        + "a load, the load behind it, two words, and a branch");
            }
            int[] cycles = words.stream().mapToInt(Integer::parseInt).toArray();
            return Optional.of(new Target.Cycles(cycles[0], cycles[1], cycles[2], cycles[3]));
        }

        private Optional<Target.Cluster> cluster() {
            List<String> words = optionalWords("cluster");
            if (words.isEmpty()) {
                return Optional.empty();
            }
            Optional<Long> local = words.size() == 3 ? Memory.bytesOf(words.get(1)) : Optional.empty();
            if (local.isEmpty() || !words.get(0).matches("1|2|4|8") || !words.get(2).matches("[1-9][0-9]{0,3}")) {
                throw wrong("has `" + values.get("cluster") + "` under `cluster`, which is no number of cores (1, 2, 4 "
                        + "or 8), size such as 48K, and number of bytes in ten cycles");
            }
            return Optional.of(new Target.Cluster(Integer.parseInt(words.get(0)), local.get(),
                    Integer.parseInt(words.get(2))));
        }

        private List<KernelRow> kernels() {
            List<KernelRow> rows = new ArrayList<>();
            String files = values.getOrDefault("kernels", "") + " " + PORTABLE_KERNELS;
            for (String file : files.trim().split("\\s+")) {
                try {
                    rows.addAll(KernelList.parse(Files.readAllLines(find("kernels", file), StandardCharsets.UTF_8)));
                } catch (IOException | IllegalArgumentException e) {
                    throw wrong("has the list of kernels `" + file + "`: " + e.getMessage());
                }
            }
            return rows;
        }

        private KernelCosts costs(Consumer<KernelCosts> check) {
            KernelCosts costs = KernelCosts.NONE;
            for (String file : optionalWords("costs")) {
                try {
                    costs = KernelCosts.parse(Files.readAllLines(find("costs", file), StandardCharsets.UTF_8));
                    check.accept(costs);
                } catch (IOException | IllegalArgumentException e) {
                    throw wrong("has the costs `" + file + "`: " + e.getMessage());
                }
            }
            return costs;
        }

        private CompilationFailed wrong(String what) {
            String chain = folders.stream().map(folder -> folder.getFileName().toString())
                    .collect(Collectors.joining(" -> "));
            return failure(Code.E702, "targets/" + (chain.isEmpty() ? name : chain), "the target's description "
                    + what);
        }
    }
}
