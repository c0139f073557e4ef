package qcc.program;

import java.util.Locale;
import java.util.Set;

/** Names in C for names in QDSL. */
public final class CNames {
    private static final Set<String> KEYWORDS = Set.of("auto", "break", "case", "char", "const", "continue", "default",
            "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register",
            "restrict", "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
            "unsigned", "void", "volatile", "while", "main", "asm");

    /** A model's header must not stand before one of these on the include path. */
    private static final Set<String> SYSTEM_HEADERS = Set.of("alloca", "assert", "complex", "ctype", "endian", "errno",
            "features", "fenv", "float", "inttypes", "iso646", "limits", "locale", "malloc", "math", "setjmp", "signal",
            "stdarg", "stdbool", "stddef", "stdint", "stdio", "stdlib", "string", "strings", "tgmath", "time",
            "unistd", "wchar", "wctype");

    private CNames() {
    }

    /** A valid identifier: other characters become underscores. */
    public static String identifier(String name) {
        String cleaned = name.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(cleaned.charAt(0)) ? "_" + cleaned : cleaned;
    }

    /** The prefix of everything that belongs to a model: its name in lower case, never a word of C or its library. */
    public static String prefix(String model) {
        String lower = identifier(model).toLowerCase(Locale.ROOT);
        boolean reserved = KEYWORDS.contains(lower) || SYSTEM_HEADERS.contains(lower) || lower.startsWith("qcc")
                || lower.startsWith("_");
        return reserved ? "model_" + lower : lower;
    }
}
