package qcc.frontend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;

/**
 * What the grammar takes for granted: brackets are balanced and not too deep, and the end of a line inside
 * {@code quantize { }} is a {@code ;}. Errors of brackets are reported here, where the pair is known, and mended, so
 * that one missing bracket is one message.
 */
final class TokenPass {
    private static final Map<Integer, Integer> CLOSER = Map.of(
            QdslGrammarLexer.LPAREN, QdslGrammarLexer.RPAREN,
            QdslGrammarLexer.LBRACKET, QdslGrammarLexer.RBRACKET,
            QdslGrammarLexer.LBRACE, QdslGrammarLexer.RBRACE);
    private static final Map<Integer, String> TEXT = Map.of(
            QdslGrammarLexer.RPAREN, ")", QdslGrammarLexer.RBRACKET, "]", QdslGrammarLexer.RBRACE, "}");

    /** These stand outside of all brackets; the statements, outside of all round and square ones. */
    private static final Set<Integer> SECTIONS = Set.of(
            QdslGrammarLexer.MODEL, QdslGrammarLexer.PARAMETERS, QdslGrammarLexer.QUANTIZE);
    private static final Set<Integer> STATEMENTS = Set.of(QdslGrammarLexer.BLOCK, QdslGrammarLexer.RETURN);

    private final List<CommonToken> input;
    private final SyntaxReporter reporter;
    private final List<Token> output = new ArrayList<>();
    private int[] depths;
    private final BitSet doubtful = new BitSet();
    private final Deque<Integer> open = new ArrayDeque<>();
    private boolean inQuantize;

    private TokenPass(List<CommonToken> input, SyntaxReporter reporter) {
        this.input = input;
        this.reporter = reporter;
        this.depths = new int[input.size() + 16];
    }

    /** Balances the brackets; empty when they are nested too deeply to go on. */
    static Optional<TokenList> balance(List<CommonToken> input, SyntaxReporter reporter) {
        TokenPass pass = new TokenPass(input, reporter);
        return pass.run() ? Optional.of(new TokenList(pass.output, pass.depths, pass.doubtful)) : Optional.empty();
    }

    private boolean run() {
        for (CommonToken token : input) {
            int type = token.getType();
            if (type == Token.EOF || SECTIONS.contains(type) && beginsLine(token)) {
                closeDownTo(0, token);
            } else if (STATEMENTS.contains(type) && beginsLine(token)) {
                closeDownTo(bracesOpen(), token);
            }
            endSetting(token);
            if (CLOSER.containsKey(type)) {
                if (open.size() == QdslParser.MAX_NESTING) {
                    reporter.report(reporter.span(token), "brackets are nested more than 200 deep");
                    return false;
                }
                add(token);
                open.push(output.size() - 1);
                inQuantize |= type == QdslGrammarLexer.LBRACE && isQuantize(output.size() - 2);
            } else if (CLOSER.containsValue(type)) {
                close(token);
            } else {
                add(token);
            }
        }
        mendStrings();
        return true;
    }

    private void close(CommonToken token) {
        int level = open.size();
        for (int opener : open) {
            if (CLOSER.get(output.get(opener).getType()) == token.getType()) {
                closeDownTo(level, token);
                endSetting(token);
                pop();
                add(token);
                return;
            }
            level--;
        }
        if (bracesOpen() < open.size()) {
            wrongCloser(token);
        } else {
            reporter.report(reporter.span(token), "`" + token.getText() + "` closes nothing",
                    "remove it, or add the bracket that it should close");
        }
    }

    private void wrongCloser(CommonToken token) {
        int closer = CLOSER.get(output.get(open.peek()).getType());
        reporter.report(reporter.span(token), "expected `" + TEXT.get(closer) + "` to close `" + head(open.peek())
                + "`, found `" + token.getText() + "`", "a bracket is closed by one of its own kind");
        token.setType(closer);
        pop();
        add(token);
    }

    /** Reports and closes the brackets that are still open above the given number. */
    private void closeDownTo(int level, CommonToken next) {
        while (open.size() > level) {
            int index = open.peek();
            Token opener = output.get(index);
            int closer = CLOSER.get(opener.getType());
            if (!isBehindOpenString(opener)) {
                reportMissing(opener, index, closer, next);
            }
            CommonToken made = made(closer, TEXT.get(closer), next);
            endSetting(made);
            pop();
            add(made);
            // The braces of a section hold whole statements, of which the others are still right.
            if (!open.isEmpty() || closer != QdslGrammarLexer.RBRACE) {
                doubtful.set(index, output.size());
            }
        }
    }

    private void reportMissing(Token opener, int index, int closer, Token next) {
        String before = next.getType() == Token.EOF ? "the end of the file"
                : "`" + next.getText() + "` in line " + next.getLine();
        reporter.report(Diagnostic.of(Code.E101, reporter.span(opener),
                        "missing `" + TEXT.get(closer) + "` to close `" + head(index) + "` opened at line "
                                + opener.getLine())
                .because(before + " comes first"));
    }

    /** What a bracket belongs to: {@code model kws {}, {@code conv2d(}, or the bracket alone. */
    private String head(int index) {
        String bracket = output.get(index).getText();
        if (output.get(index).getType() != QdslGrammarLexer.LBRACE) {
            boolean isCall = index > 0 && output.get(index - 1).getType() == QdslGrammarLexer.NAME;
            return isCall ? output.get(index - 1).getText() + bracket : bracket;
        }
        for (int i = index - 1; i >= 0 && output.get(i).getType() != QdslGrammarLexer.RBRACE; i--) {
            int type = output.get(i).getType();
            if (type == QdslGrammarLexer.QUANTIZE) {
                return "quantize {";
            }
            if (type == QdslGrammarLexer.MODEL || type == QdslGrammarLexer.BLOCK) {
                Token name = output.get(i + 1);
                boolean named = name.getType() == QdslGrammarLexer.NAME;
                return output.get(i).getText() + (named ? " " + name.getText() : "") + " {";
            }
        }
        return bracket;
    }

    /** An unterminated string swallowed the rest of its line, closing brackets included. */
    private boolean isBehindOpenString(Token opener) {
        for (int i = opener.getTokenIndex() + 1; i < output.size(); i++) {
            if (output.get(i).getLine() != opener.getLine()) {
                return false;
            }
            if (output.get(i).getType() == QdslGrammarLexer.OPEN_STRING) {
                return true;
            }
        }
        return false;
    }

    /** A setting ends with its line, and before the brace that closes the section. */
    private void endSetting(CommonToken next) {
        if (!inQuantize || open.size() != 1) {
            return;
        }
        Token last = output.get(output.size() - 1);
        boolean holdsSetting = last.getType() != QdslGrammarLexer.LBRACE
                && last.getType() != QdslGrammarLexer.SEMICOLON;
        if (holdsSetting && (next.getType() == QdslGrammarLexer.RBRACE || next.getLine() > last.getLine())) {
            add(made(QdslGrammarLexer.SEMICOLON, "\n", next));
        }
    }

    private void mendStrings() {
        for (CommonToken token : input) {
            if (token.getType() == QdslGrammarLexer.OPEN_STRING) {
                token.setType(QdslGrammarLexer.STRING);
            }
        }
    }

    private boolean isQuantize(int index) {
        return open.size() == 1 && index >= 0 && output.get(index).getType() == QdslGrammarLexer.QUANTIZE;
    }

    private int bracesOpen() {
        int level = open.size();
        for (int opener : open) {
            if (output.get(opener).getType() == QdslGrammarLexer.LBRACE) {
                return level;
            }
            level--;
        }
        return 0;
    }

    private boolean beginsLine(Token token) {
        return output.isEmpty() || output.get(output.size() - 1).getLine() < token.getLine();
    }

    private void pop() {
        open.pop();
        inQuantize &= !open.isEmpty();
    }

    /** A token that is not in the text, at the place of another one. */
    private static CommonToken made(int type, String text, CommonToken place) {
        CommonToken token = new CommonToken(place);
        token.setType(type);
        token.setText(text);
        token.setStopIndex(place.getStartIndex() - 1);
        return token;
    }

    private void add(CommonToken token) {
        if (output.size() == depths.length) {
            depths = Arrays.copyOf(depths, depths.length * 2);
        }
        depths[output.size()] = open.size();
        token.setTokenIndex(output.size());
        output.add(token);
    }
}
