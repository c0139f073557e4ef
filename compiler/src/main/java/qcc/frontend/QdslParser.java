package qcc.frontend;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.atn.PredictionMode;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

/**
 * Parses QDSL. Any text is safe to parse: size, number of tokens, nesting and the number of reported errors are
 * bounded, and time is linear.
 */
public final class QdslParser {
    /** How many brackets may be open at one place. */
    public static final int MAX_NESTING = 200;

    /** How many nodes lie on the longest way through a tree, about: nesting, and arithmetic in a row. */
    public static final int MAX_DEPTH = 1000;

    /** How many tokens a text may have. */
    public static final int MAX_TOKENS = 200_000;

    private QdslParser() {
    }

    /**
     * Parses a file and checks its form; names are not looked up.
     *
     * @return the tree, or empty when there are errors; they are in the diagnostics, several per run
     */
    public static Optional<Ast.File> parse(Source source, Diagnostics diagnostics) {
        return parse(source, diagnostics, AstBuilder::build);
    }

    /** Parses a text that holds nothing but a {@code quantize} section; empty when there are errors. */
    static Optional<List<Ast.Setting>> settings(Source source, Diagnostics diagnostics) {
        return parse(source, diagnostics, AstBuilder::settings);
    }

    private static <T> Optional<T> parse(Source source, Diagnostics diagnostics,
            BiFunction<AstBuilder, QdslGrammarParser.FileContext, Optional<T>> form) {
        SyntaxReporter reporter = new SyntaxReporter(source, diagnostics);
        if (!isText(source, diagnostics)) {
            return Optional.empty();
        }
        Optional<TokenList> tokens = Tokenizer.tokenize(source, reporter)
                .flatMap(list -> TokenPass.balance(list, reporter));
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        QdslGrammarParser.FileContext tree = parseTree(tokens.get(), reporter);
        if (reporter.hasReported()) {
            return Optional.empty();
        }
        Optional<T> result = form.apply(new AstBuilder(source, reporter), tree);
        return reporter.hasReported() ? Optional.empty() : result;
    }

    private static QdslGrammarParser.FileContext parseTree(TokenList tokens, SyntaxReporter reporter) {
        CommonTokenStream stream = new CommonTokenStream(new ListTokenSource(tokens.tokens()));
        QdslGrammarParser parser = new QdslGrammarParser(stream);
        parser.removeErrorListeners();
        parser.setErrorHandler(new StatementErrorStrategy(tokens, reporter));
        // The grammar has no decision that depends on the calling context.
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        return parser.file();
    }

    private static boolean isText(Source source, Diagnostics diagnostics) {
        if (source.text().length() > SourceReader.MAX_BYTES) {
            diagnostics.report(SourceReader.tooLarge(new Span(source, 0, 0)));
            return false;
        }
        int nul = source.text().indexOf('\0');
        if (nul >= 0) {
            diagnostics.report(Diagnostic.of(Code.E101, new Span(source, nul, nul + 1),
                    "the file is not text: it holds a NUL byte")
                    .help("save the file with the encoding UTF-8; data files are named in the section `parameters`"));
            return false;
        }
        return true;
    }
}
