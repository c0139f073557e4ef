package qcc.frontend;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.tree.TerminalNode;
import qcc.diagnostics.Code;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.diagnostics.Suggestions;

/** Says in plain words what was expected at a place and what stands there instead. */
final class SyntaxMessage {
    private static final List<String> KEYWORDS =
            List.of("model", "block", "return", "as", "in", "parameters", "quantize");
    private static final List<String> SECTION_KEYWORDS = List.of("model", "parameters", "quantize");

    /** What each part of the language looks like. */
    private static final Map<Integer, String> FORMS = Map.ofEntries(
            entry(QdslGrammarParser.RULE_modelHead, "a model begins `model NAME(INPUT: [SHAPE]) -> OUTPUT {`"),
            entry(QdslGrammarParser.RULE_input,
                    "an input is written `NAME: [SHAPE]` or `NAME: [SHAPE] in [LOW, HIGH]`"),
            entry(QdslGrammarParser.RULE_range, "a range is written `in [LOW, HIGH]`, with two numbers"),
            entry(QdslGrammarParser.RULE_binding,
                    "a statement is written `NAME = EXPRESSION` or `NAME: [SHAPE] = EXPRESSION`"),
            entry(QdslGrammarParser.RULE_block, "a block is written `block NAME(PARAMETERS) = EXPRESSION`"),
            entry(QdslGrammarParser.RULE_blockHead, "a block is written `block NAME(PARAMETERS) = EXPRESSION`"),
            entry(QdslGrammarParser.RULE_blockBody, "a block in braces ends with `return EXPRESSION`"),
            entry(QdslGrammarParser.RULE_stage,
                    "a stage is written `|> OPERATOR(ARGUMENTS) * TIMES as NAME : [SHAPE]`; "
                            + "all but the operator is optional"),
            entry(QdslGrammarParser.RULE_arguments, "arguments are written `(VALUE, NAME = VALUE)`"),
            entry(QdslGrammarParser.RULE_list, "a list is written `[VALUE, VALUE]`"),
            entry(QdslGrammarParser.RULE_parameters, "parameters are named as in `parameters \"FILE.npz\"`"),
            entry(QdslGrammarParser.RULE_setting, "a setting is a line of a name and its values"));

    /** What stands behind these signs. */
    private static final Map<Integer, String> OPERANDS = Map.of(
            QdslGrammarParser.PIPE, "an operator or block", QdslGrammarParser.EQUALS, "an expression",
            QdslGrammarParser.PLUS, "an expression", QdslGrammarParser.MINUS, "an expression",
            QdslGrammarParser.STAR, "an expression", QdslGrammarParser.SLASH, "an expression",
            QdslGrammarParser.AS, "a name");

    /** What these mean where a statement should begin. */
    private static final Map<Integer, String> MISPLACED = Map.of(
            QdslGrammarParser.STAR, "to multiply the result of a pipe, put the pipe in parentheses: `(x |> f) * y`",
            QdslGrammarParser.SLASH, "to divide the result of a pipe, put the pipe in parentheses: `(x |> f) / y`",
            QdslGrammarParser.RETURN, "only a block returns something; a model's outputs are named in its head",
            QdslGrammarParser.BLOCK, "blocks are defined in the model, not in other blocks");

    /** The rules that are lists: what is wrong there is the offending token itself, not something before it. */
    private static final Set<Integer> LISTS = Set.of(QdslGrammarParser.RULE_file, QdslGrammarParser.RULE_section,
            QdslGrammarParser.RULE_model, QdslGrammarParser.RULE_blockBody, QdslGrammarParser.RULE_quantize);

    private final TokenList tokens;
    private final SyntaxReporter reporter;
    private final ParserRuleContext context;
    private final Token offending;
    private final Optional<Token> previous;
    private final Set<Integer> expected;

    SyntaxMessage(TokenList tokens, SyntaxReporter reporter, ParserRuleContext context, Token offending,
            IntervalSet expected) {
        this.tokens = tokens;
        this.reporter = reporter;
        this.context = context;
        this.offending = offending;
        this.previous = offending.getTokenIndex() == 0 ? Optional.empty()
                : Optional.of(tokens.get(offending.getTokenIndex() - 1));
        this.expected = new TreeSet<>(expected.toSet());
    }

    Diagnostic diagnostic() {
        return unfinishedLine().orElseGet(this::unexpected);
    }

    /**
     * {@code a = x |>} and on the next line {@code b = y}: the parser took {@code b} for the missing operand and
     * stumbles over the sign behind it.
     */
    private Optional<Diagnostic> unfinishedLine() {
        int index = offending.getTokenIndex();
        boolean isStatement = offending.getType() == QdslGrammarParser.EQUALS && index >= 2
                && tokens.type(index - 1) == QdslGrammarParser.NAME;
        if (!isStatement) {
            return Optional.empty();
        }
        Token last = tokens.get(index - 2);
        String missing = OPERANDS.get(last.getType());
        if (missing == null || last.getLine() == tokens.get(index - 1).getLine()) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.of(Code.E101, reporter.behind(last), place() + "expected " + missing + " after "
                + quoted(last) + ", found the end of the line"));
    }

    private Diagnostic unexpected() {
        String after = previous.map(token -> " after " + quoted(token)).orElse("");
        String message = place() + "expected " + expectation() + after + ", found " + found();
        Diagnostic diagnostic = Diagnostic.of(Code.E101, span(), message);
        return help().map(diagnostic::help).orElse(diagnostic);
    }

    /** The innermost part of the file that has a name: {@code in block `residual`: }. */
    private String place() {
        for (RuleContext c = context; c != null; c = c.getParent()) {
            if (c instanceof QdslGrammarParser.BlockContext block && block.blockHead() != null) {
                return named("block", block.blockHead().NAME());
            } else if (c instanceof QdslGrammarParser.BlockHeadContext head) {
                return named("block", head.NAME());
            } else if (c instanceof QdslGrammarParser.ModelContext model && model.modelHead() != null) {
                List<TerminalNode> names = model.modelHead().NAME();
                return names.isEmpty() ? "" : named("model", names.get(0));
            } else if (c instanceof QdslGrammarParser.QuantizeContext) {
                return "in `quantize`: ";
            }
        }
        return "";
    }

    private static String named(String kind, TerminalNode name) {
        return name == null ? "" : "in " + kind + " `" + name.getText() + "`: ";
    }

    private String expectation() {
        List<String> words = new ArrayList<>();
        // Behind a whole expression, it could also go on; that is never the likely meaning.
        boolean couldContinue = removeAll(QdslGrammarParser.PIPE);
        if (couldContinue) {
            expected.removeAll(List.of(QdslGrammarParser.PLUS, QdslGrammarParser.MINUS, QdslGrammarParser.STAR,
                    QdslGrammarParser.SLASH, QdslGrammarParser.AS, QdslGrammarParser.COLON,
                    QdslGrammarParser.LPAREN));
        }
        if (removeAll(QdslGrammarParser.INTEGER, QdslGrammarParser.STRING, QdslGrammarParser.NAME)) {
            words.add(expected.contains(QdslGrammarParser.LPAREN) ? "an expression" : "a value");
            expected.removeAll(List.of(QdslGrammarParser.DECIMAL, QdslGrammarParser.MINUS, QdslGrammarParser.LBRACKET,
                    QdslGrammarParser.LPAREN));
        } else if (removeAll(QdslGrammarParser.INTEGER, QdslGrammarParser.DECIMAL)) {
            words.add("a number");
            expected.remove(QdslGrammarParser.MINUS);
        }
        if (removeAll(QdslGrammarParser.BLOCK, QdslGrammarParser.NAME)) {
            words.add("a statement");
        } else if (removeAll(QdslGrammarParser.RETURN, QdslGrammarParser.NAME)) {
            words.add("a statement or `return`");
        } else if (removeAll(QdslGrammarParser.NAME)) {
            words.add(context.getRuleIndex() == QdslGrammarParser.RULE_stage ? "an operator or block" : "a name");
        }
        if (removeAll(QdslGrammarParser.MODEL)) {
            expected.removeAll(List.of(QdslGrammarParser.PARAMETERS, QdslGrammarParser.QUANTIZE, Token.EOF));
            words.add("`model`, `parameters` or `quantize`");
        }
        if (!words.isEmpty() || expected.size() > 1) {
            expected.remove(QdslGrammarParser.SEMICOLON);
        }
        expected.forEach(type -> words.add(name(type)));
        if (words.isEmpty()) {
            words.add(couldContinue ? "`|>`" : "something else");
        }
        return alternatives(words);
    }

    private boolean removeAll(Integer... types) {
        return expected.containsAll(List.of(types)) && expected.removeAll(List.of(types));
    }

    private static String name(int type) {
        String literal = QdslGrammarParser.VOCABULARY.getLiteralName(type);
        if (type == Token.EOF) {
            return "the end of the file";
        }
        return literal == null ? "a string" : "`" + literal.substring(1, literal.length() - 1) + "`";
    }

    private static String alternatives(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private String found() {
        if (offending.getType() == Token.EOF) {
            return "the end of the file";
        }
        return isEndOfLine() ? "the end of the line" : quoted(offending);
    }

    private static String quoted(Token token) {
        if (token.getType() == QdslGrammarParser.STRING) {
            return "a string";
        }
        return "`" + token.getText() + "`";
    }

    /** What is missing at the end of a line is shown there, not at the next thing below. */
    private Span span() {
        boolean isExtra = LISTS.contains(context.getRuleIndex()) && offending.getType() != Token.EOF;
        boolean elsewhere = previous.isPresent() && !isExtra
                && (previous.get().getLine() != offending.getLine() || isEndOfLine());
        return elsewhere ? reporter.behind(previous.get()) : reporter.span(offending);
    }

    private boolean isEndOfLine() {
        return offending.getType() == QdslGrammarParser.SEMICOLON && offending.getText().equals("\n");
    }

    private Optional<String> help() {
        String word = offending.getText();
        int next = tokens.type(offending.getTokenIndex() + 1);
        boolean isFile = context.getRuleIndex() == QdslGrammarParser.RULE_file;
        boolean looksLikeName = !isAtNewStatement() || next == QdslGrammarParser.EQUALS;
        if (KEYWORDS.contains(word) && !isFile && looksLikeName && !word.equals("as")) {
            return Optional.of("`" + word + "` is a reserved word; choose another name");
        }
        String misplaced = MISPLACED.get(offending.getType());
        if (misplaced != null && LISTS.contains(context.getRuleIndex())) {
            return Optional.of(misplaced);
        }
        if (isFile) {
            return Suggestions.closest(word, SECTION_KEYWORDS).map(keyword -> "did you mean `" + keyword + "`?");
        }
        for (RuleContext c = context; c != null; c = c.getParent()) {
            String form = FORMS.get(c.getRuleIndex());
            if (form != null) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    private boolean isAtNewStatement() {
        return previous.isPresent() && previous.get().getLine() != offending.getLine();
    }
}
