package qcc.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names in C for names in QDSL. */
public final class CNames {
    private static final Set<String> KEYWORDS = Set.of("auto", "break", "case", "char", "const", "continue", "default",
            "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register",
            "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
            "unsigned", "void", "volatile", "while", "main", "asm");

    /** Files, targets and goals of a project are named after its model; these names are taken there. */
    private static final Set<String> TAKEN = Set.of("verify", "selftest", "footprint", "profile", "cycles", "all", "test", "clean",
            "help", "install", "package", "edit_cache", "rebuild_cache");
    /** A model's header must not stand before one of these on the include path. */
    private static final Set<String> SYSTEM_HEADERS = Set.of("alloca", "assert", "complex", "ctype", "endian", "errno",
            "features", "fenv", "float", "inttypes", "iso646", "limits", "locale", "malloc", "math", "setjmp", "signal",
            "stdarg", "stdbool", "stddef", "stdint", "stdio", "stdlib", "string", "strings", "tgmath", "time",
            "unistd", "wchar", "wctype");
    /** What a model's header declares beside the accessors of its ports. */
    private static final Set<String> HEADER_NAMES = Set.of("run", "arena");
    private static final List<String> PORT_SUFFIXES = List.of("", "_quantize", "_dequantize", "_row");

    private CNames() {
    }

    /** A valid identifier: other characters become underscores. */
    public static String identifier(String name) {
        String cleaned = name.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(cleaned.charAt(0)) ? "_" + cleaned : cleaned;
    }

    /** The function that computes a step. */
    public static String layer(Step step) {
        return "layer_" + step.index() + "_" + identifier(step.name());
    }

    /** The prefix of everything that belongs to a model: its name in lower case, never a word of C or its library. */
    public static String prefix(String model) {
        String lower = identifier(model).toLowerCase(Locale.ROOT);
        boolean reserved = KEYWORDS.contains(lower) || TAKEN.contains(lower) || SYSTEM_HEADERS.contains(lower)
                || lower.startsWith("qcc") || lower.startsWith("_");
        return reserved ? "model_" + lower : lower;
    }

    /**
     * The functions that give access to ports, one for each name. They differ from each other and from all else in the
     * header even in capitals, because macros are derived from them.
     */
    static List<String> accessors(String model, List<String> ports) {
        Set<String> taken = new HashSet<>(HEADER_NAMES);
        List<String> functions = new ArrayList<>();
        for (String port : ports) {
            String wanted = identifier(port);
            String name = wanted;
            for (int i = 2; isTaken(name, taken); i++) {
                name = wanted + "_" + i;
            }
            String lower = name.toLowerCase(Locale.ROOT);
            PORT_SUFFIXES.forEach(suffix -> taken.add(lower + suffix));
            functions.add(prefix(model) + "_" + name);
        }
        return functions;
    }

    private static boolean isTaken(String name, Set<String> taken) {
        return PORT_SUFFIXES.stream().anyMatch(suffix -> taken.contains(name.toLowerCase(Locale.ROOT) + suffix));
    }
}
