package qcc.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CodePointCharStream;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

/** Splits the text into tokens, reports what is none and drops or mends it, so that parsing goes on. */
final class Tokenizer {
    private static final int MAX_NAME = 100;
    private static final Map<String, String> LOOKALIKES = Map.of(
            "\u201C", "\"", "\u201D", "\"", "'", "\"", "\u2013", "-", "\u2212", "-", "\u00D7", "*", "|", "|>",
            ">", "|>", "#", "//");

    private final Source source;
    private final SyntaxReporter reporter;
    private final List<CommonToken> tokens = new ArrayList<>();

    private Tokenizer(Source source, SyntaxReporter reporter) {
        this.source = source;
        this.reporter = reporter;
    }

    /**
     * All tokens up to and including the end of the file. Their start and stop index count UTF-16 characters, as
     * spans do.
     *
     * @return empty when there are too many, or a comment hides the rest
     */
    static Optional<List<CommonToken>> tokenize(Source source, SyntaxReporter reporter) {
        return new Tokenizer(source, reporter).run();
    }

    private Optional<List<CommonToken>> run() {
        CodePointCharStream characters = CharStreams.fromString(source.text());
        int[] offsets = characters.size() == source.text().length() ? null : utf16Offsets(characters.size());
        QdslGrammarLexer lexer = new QdslGrammarLexer(characters);
        lexer.removeErrorListeners();
        while (true) {
            CommonToken token = (CommonToken) lexer.nextToken();
            if (offsets != null) {
                token.setText(token.getText());
                token.setStartIndex(offsets[token.getStartIndex()]);
                token.setStopIndex(offsets[token.getStopIndex() + 1] - 1);
            }
            if (tokens.size() == QdslParser.MAX_TOKENS) {
                reporter.report(reporter.span(token), "the model has more than 200,000 words and signs");
                return Optional.empty();
            }
            if (token.getType() == QdslGrammarLexer.OPEN_COMMENT) {
                int start = token.getStartIndex();
                reporter.report(new Span(source, start, start + 2), "unterminated comment",
                        "a comment that begins with `/*` ends with `*/`");
                return Optional.empty();
            }
            accept(token);
            if (token.getType() == Token.EOF) {
                return Optional.of(tokens);
            }
        }
    }

    private void accept(CommonToken token) {
        switch (token.getType()) {
            case QdslGrammarLexer.STRAY -> stray(token);
            case QdslGrammarLexer.OPEN_STRING -> {
                reporter.report(reporter.span(token), "unterminated string",
                        "a string ends with `\"` on the line where it begins");
                token.setText(token.getText() + '"');
                tokens.add(token);
            }
            case QdslGrammarLexer.BAD_NAME -> {
                reporter.report(Diagnostic.of(Code.E101, reporter.span(token),
                        "`" + token.getText() + "` is not a name")
                        .because("names are made of the letters A to Z and a to z, digits and `_`"));
                token.setType(QdslGrammarLexer.NAME);
                tokens.add(token);
            }
            case QdslGrammarLexer.BAD_NUMBER -> {
                reporter.report(reporter.span(token), "`" + token.getText() + "` is neither a number nor a name",
                        "numbers are written like 12, 0.5 or 1e-5; names do not begin with a digit");
                token.setType(QdslGrammarLexer.INTEGER);
                tokens.add(token);
            }
            case QdslGrammarLexer.NAME -> {
                if (token.getText().length() > MAX_NAME) {
                    reporter.report(Diagnostic.of(Code.E101, reporter.span(token),
                            "the name has " + token.getText().length() + " characters, at most " + MAX_NAME
                                    + " are possible").because("names become those of files and of symbols in C"));
                }
                tokens.add(token);
            }
            default -> tokens.add(token);
        }
    }

    private void stray(CommonToken token) {
        String text = token.getText();
        String shown = !isInvisible(text.codePointAt(0)) ? text
                : String.format(Locale.ROOT, "U+%04X", text.codePointAt(0));
        Diagnostic diagnostic = Diagnostic.of(Code.E101, reporter.span(token),
                "stray character `" + shown + "`");
        String meant = LOOKALIKES.get(text);
        reporter.report(meant == null ? diagnostic : diagnostic.help("did you mean `" + meant + "`?"));
        if (text.equals("|")) {
            token.setType(QdslGrammarLexer.PIPE);
            tokens.add(token);
        }
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED,
                    Character.PRIVATE_USE, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** For every code point, and the end, where it is in the UTF-16 text. */
    private int[] utf16Offsets(int codePoints) {
        int[] offsets = new int[codePoints + 1];
        int offset = 0;
        for (int i = 0; i < codePoints; i++) {
            offsets[i] = offset;
            offset += Character.charCount(source.text().codePointAt(offset));
        }
        offsets[codePoints] = offset;
        return offsets;
    }
}
