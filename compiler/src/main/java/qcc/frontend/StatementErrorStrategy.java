package qcc.frontend;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;
import qcc.diagnostics.Diagnostic;

/**
 * One message per broken statement: an error unwinds the parser to the statement (or head, or setting) that holds it,
 * skips to the statement's end and goes on from there. ANTLR's own strategy repairs single tokens and resumes in the
 * middle of an expression, which in a language without statement terminators mostly yields further, wrong messages.
 */
final class StatementErrorStrategy extends DefaultErrorStrategy {
    /** The rules at which recovery happens, with the token types at which parsing can resume inside or behind them. */
    private static final Map<Integer, Set<Integer>> RESUME = Map.ofEntries(
            entry(QdslGrammarParser.RULE_file, Set.of()),
            entry(QdslGrammarParser.RULE_section, Set.of()),
            entry(QdslGrammarParser.RULE_model, Set.of()),
            entry(QdslGrammarParser.RULE_parameters, Set.of()),
            entry(QdslGrammarParser.RULE_quantize, Set.of()),
            entry(QdslGrammarParser.RULE_modelHead, Set.of(QdslGrammarParser.LBRACE)),
            entry(QdslGrammarParser.RULE_blockHead, Set.of(QdslGrammarParser.LBRACE, QdslGrammarParser.EQUALS)),
            entry(QdslGrammarParser.RULE_block, Set.of(QdslGrammarParser.BLOCK)),
            entry(QdslGrammarParser.RULE_binding, Set.of(QdslGrammarParser.BLOCK, QdslGrammarParser.RETURN)),
            entry(QdslGrammarParser.RULE_result, Set.of(QdslGrammarParser.BLOCK, QdslGrammarParser.RETURN)),
            entry(QdslGrammarParser.RULE_setting, Set.of(QdslGrammarParser.SEMICOLON)));

    /** The rules that are lists of sections, statements or settings, and what else such a list can go on with. */
    private static final Map<Integer, Set<Integer>> LISTS = Map.of(
            QdslGrammarParser.RULE_file, Set.of(),
            QdslGrammarParser.RULE_model, Set.of(QdslGrammarParser.BLOCK),
            QdslGrammarParser.RULE_blockBody, Set.of(QdslGrammarParser.BLOCK, QdslGrammarParser.RETURN),
            QdslGrammarParser.RULE_quantize, Set.of(QdslGrammarParser.NAME));

    private static final Set<Integer> HEADS =
            Set.of(QdslGrammarParser.RULE_modelHead, QdslGrammarParser.RULE_blockHead);

    private static final Set<Integer> SECTIONS = Set.of(
            QdslGrammarParser.MODEL, QdslGrammarParser.PARAMETERS, QdslGrammarParser.QUANTIZE, Token.EOF);

    private final TokenList tokens;
    private final SyntaxReporter reporter;

    StatementErrorStrategy(TokenList tokens, SyntaxReporter reporter) {
        this.tokens = tokens;
        this.reporter = reporter;
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            report((ParserRuleContext) e.getCtx(), e.getOffendingToken(), expected(parser, e));
        }
    }

    @Override
    public void recover(Parser parser, RecognitionException e) {
        ParserRuleContext context = parser.getContext();
        Set<Integer> resume = RESUME.get(context.getRuleIndex());
        if (resume == null) {
            throw e;
        }
        int depth = tokens.depth(context.getStart());
        while (!isEnd(parser.getCurrentToken(), depth, resume, context.getRuleIndex())) {
            parser.consume();
        }
        if (parser.getCurrentToken().getType() == QdslGrammarParser.SEMICOLON) {
            parser.consume();
        }
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw nextTokensContext == null ? new InputMismatchException(parser)
                : new InputMismatchException(parser, nextTokensState, nextTokensContext);
    }

    /** Called where a list may go on: skips what cannot begin an element instead of ending the list. */
    @Override
    public void sync(Parser parser) {
        ATNState state = parser.getInterpreter().atn.states.get(parser.getState());
        int rule = parser.getContext().getRuleIndex();
        Set<Integer> resume = LISTS.get(rule);
        boolean atList = state.getStateType() == ATNState.STAR_LOOP_ENTRY
                || state.getStateType() == ATNState.STAR_LOOP_BACK;
        if (resume == null || !atList || inErrorRecoveryMode(parser)
                || parser.getATN().nextTokens(state).contains(parser.getCurrentToken().getType())) {
            super.sync(parser);
            return;
        }
        Token offending = parser.getCurrentToken();
        beginErrorCondition(parser);
        report(parser.getContext(), offending, parser.getExpectedTokens());
        int depth = tokens.depth(parser.getContext().getStart())
                + (rule == QdslGrammarParser.RULE_file ? 0 : 1);
        if (tokens.depth(offending) >= depth && offending.getType() != Token.EOF) {
            parser.consume();
            while (!isEnd(parser.getCurrentToken(), depth, resume, rule)) {
                parser.consume();
            }
            endErrorCondition(parser);
        }
    }

    /** In a loop that is not such a list, for example of arguments, an unwanted token ends the statement. */
    @Override
    protected void reportUnwantedToken(Parser parser) {
        throw new InputMismatchException(parser);
    }

    @Override
    protected Token singleTokenDeletion(Parser parser) {
        return null;
    }

    private boolean isEnd(Token token, int depth, Set<Integer> resume, int rule) {
        if (token.getType() == Token.EOF || tokens.depth(token) < depth) {
            return true;
        }
        if (tokens.depth(token) > depth) {
            return false;
        }
        // At the depth where a block begins, a brace closes the block itself.
        boolean isOuterBrace = depth > 0 && rule != QdslGrammarParser.RULE_block
                && token.getType() == QdslGrammarParser.RBRACE;
        boolean isStatement = !HEADS.contains(rule) && resume.contains(QdslGrammarParser.BLOCK)
                && beginsBinding(token.getTokenIndex());
        return isOuterBrace || isStatement || SECTIONS.contains(token.getType()) || resume.contains(token.getType());
    }

    /** A name with {@code =} or {@code :} behind it, unless the name is a label. */
    private boolean beginsBinding(int index) {
        int next = tokens.type(index + 1);
        return tokens.type(index) == QdslGrammarParser.NAME && tokens.type(index - 1) != QdslGrammarParser.AS
                && (next == QdslGrammarParser.EQUALS || next == QdslGrammarParser.COLON);
    }

    private void report(ParserRuleContext context, Token offending, IntervalSet expected) {
        if (!tokens.isDoubtful(offending)) {
            Diagnostic diagnostic = new SyntaxMessage(tokens, reporter, context, offending, expected).diagnostic();
            reporter.report(diagnostic);
        }
    }

    /** The tokens that could stand at the offending place. */
    private static IntervalSet expected(Parser parser, RecognitionException e) {
        if (e instanceof NoViableAltException choice && choice.getDeadEndConfigs() != null) {
            IntervalSet set = new IntervalSet();
            for (ATNConfig config : choice.getDeadEndConfigs()) {
                set.addAll(parser.getATN().nextTokens(config.state));
            }
            set.remove(Token.EPSILON);
            return set;
        }
        return e.getExpectedTokens();
    }
}
