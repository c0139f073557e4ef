package qcc.frontend;

import java.util.BitSet;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Tokens with balanced brackets. A token's index in the list is its index in the parser's stream. */
final class TokenList {
    private final List<Token> tokens;
    private final int[] depths;
    private final BitSet doubtful;

    /**
     * @param depths   for every token, how many brackets are open around it; a bracket itself is outside of its pair
     * @param doubtful the tokens inside a pair that had to be mended: errors there are most likely its consequences
     */
    TokenList(List<Token> tokens, int[] depths, BitSet doubtful) {
        this.tokens = tokens;
        this.depths = depths;
        this.doubtful = doubtful;
    }

    List<Token> tokens() {
        return tokens;
    }

    Token get(int index) {
        return tokens.get(index);
    }

    int type(int index) {
        return index >= 0 && index < tokens.size() ? tokens.get(index).getType() : Token.EOF;
    }

    int depth(Token token) {
        return depths[token.getTokenIndex()];
    }

    boolean isDoubtful(Token token) {
        return doubtful.get(token.getTokenIndex());
    }
}
