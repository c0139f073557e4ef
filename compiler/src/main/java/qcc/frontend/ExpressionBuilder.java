package qcc.frontend;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

/** Builds expressions: precedence, literals, and the bound on the depth of the tree. */
final class ExpressionBuilder {
    private final Source source;
    private final SyntaxReporter reporter;
    private int depth;

    ExpressionBuilder(Source source, SyntaxReporter reporter) {
        this.source = source;
        this.reporter = reporter;
    }

    Ast.Expression expression(QdslGrammarParser.ExpressionContext expression) {
        List<QdslGrammarParser.TermContext> terms = expression.term();
        if (!enter(terms.size(), expression)) {
            return placeholder(expression);
        }
        Ast.Expression result = term(terms.get(0));
        for (int i = 1; i < terms.size(); i++) {
            // The children alternate: term, sign, term, sign, term.
            result = binary(result, expression.getChild(2 * i - 1).getText(), term(terms.get(i)));
        }
        depth -= terms.size();
        return result;
    }

    private Ast.Expression term(QdslGrammarParser.TermContext term) {
        List<QdslGrammarParser.AtomContext> atoms = term.atom();
        if (!enter(atoms.size(), term)) {
            return placeholder(term);
        }
        Ast.Expression result = factor(term, 0);
        for (int i = 1; i < atoms.size(); i++) {
            result = binary(result, term.getChild(2 * i - 1).getText(), factor(term, i));
        }
        depth -= atoms.size();
        return result;
    }

    /** The stages of a term belong to its last atom. */
    private Ast.Expression factor(QdslGrammarParser.TermContext term, int index) {
        Ast.Expression atom = atom(term.atom(index));
        if (term.stage().isEmpty() || index < term.atom().size() - 1) {
            return atom;
        }
        List<Ast.Stage> stages = term.stage().stream().map(this::stage).toList();
        return new Ast.Pipe(atom, stages, spanTo(term.atom(index), term));
    }

    private Ast.Stage stage(QdslGrammarParser.StageContext stage) {
        return new Ast.Stage(call(stage, stage.NAME(), stage.arguments(), stage.label()),
                Optional.ofNullable(stage.times()).map(this::times), spanTo(stage, stage));
    }

    private Ast.Expression times(QdslGrammarParser.TimesContext times) {
        return times.expression() != null ? expression(times.expression())
                : primary(times, times.number(), null, null);
    }

    private Ast.Expression atom(QdslGrammarParser.AtomContext atom) {
        if (atom.expression() != null) {
            return expression(atom.expression());
        }
        if (atom.arguments() != null) {
            return call(atom, atom.NAME(), atom.arguments(), atom.label());
        }
        return primary(atom, atom.number(), atom.STRING(), atom.list());
    }

    /** A word, literal or call in a setting. */
    Ast.Expression value(QdslGrammarParser.ValueContext value) {
        if (value.arguments() != null) {
            return call(value, value.NAME(), value.arguments(), null);
        }
        return primary(value, value.number(), value.STRING(), value.list());
    }

    private Ast.Expression primary(ParserRuleContext whole, QdslGrammarParser.NumberContext number,
            TerminalNode string, QdslGrammarParser.ListContext list) {
        if (number != null) {
            return number(number);
        } else if (string != null) {
            return string(string.getSymbol());
        } else if (list != null) {
            return list(list);
        }
        return new Ast.Reference(whole.getText(), spanTo(whole, whole));
    }

    private Ast.Call call(ParserRuleContext whole, TerminalNode callee, QdslGrammarParser.ArgumentsContext arguments,
            QdslGrammarParser.LabelContext label) {
        Optional<QdslGrammarParser.LabelContext> given = Optional.ofNullable(label);
        return new Ast.Call(name(callee),
                arguments == null ? List.of() : arguments.argument().stream().map(this::argument).toList(),
                given.map(QdslGrammarParser.LabelContext::NAME).map(this::name),
                given.map(QdslGrammarParser.LabelContext::list).map(this::list),
                arguments == null ? reporter.span(callee.getSymbol())
                        : reporter.span(whole.getStart(), arguments.getStop()));
    }

    private Ast.Argument argument(QdslGrammarParser.ArgumentContext argument) {
        return new Ast.Argument(Optional.ofNullable(argument.NAME()).map(this::name),
                expression(argument.expression()), spanTo(argument, argument));
    }

    Ast.ListLiteral list(QdslGrammarParser.ListContext list) {
        return new Ast.ListLiteral(list.expression().stream().map(this::expression).toList(), spanTo(list, list));
    }

    private Ast.Expression number(QdslGrammarParser.NumberContext number) {
        Span span = spanTo(number, number);
        if (number.DECIMAL() != null) {
            return new Ast.DecimalLiteral(real(number), span);
        }
        try {
            return new Ast.IntegerLiteral(Long.parseLong(number.getText()), span);
        } catch (NumberFormatException e) {
            reporter.report(span, "the number has too many digits", "whole numbers have 64 bits");
            return new Ast.IntegerLiteral(0, span);
        }
    }

    /** The value of a number as a finite double; never a negative zero. */
    double real(QdslGrammarParser.NumberContext number) {
        double value = Double.parseDouble(number.getText());
        if (Double.isInfinite(value)) {
            reporter.report(spanTo(number, number), "the number is too large", "the limit is about 1.8e308");
            return 0;
        }
        return value + 0.0;
    }

    private Ast.StringLiteral string(Token token) {
        String text = token.getText();
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                c = text.charAt(i);
                if (c != '\\' && c != '"') {
                    int at = token.getStartIndex() + i - 1;
                    reporter.report(new Span(source, at, at + 2), "unknown escape `\\" + c + "` in a string",
                            "a backslash is written `\\\\`, a quote `\\\"`");
                }
            }
            value.append(c);
        }
        return new Ast.StringLiteral(value.toString(), reporter.span(token));
    }

    Ast.Name name(TerminalNode name) {
        return new Ast.Name(name.getText(), reporter.span(name.getSymbol()));
    }

    /** From the beginning of one part to the end of another. */
    Span spanTo(ParserRuleContext first, ParserRuleContext last) {
        return reporter.span(first.getStart(), last.getStop());
    }

    private Ast.Binary binary(Ast.Expression left, String operator, Ast.Expression right) {
        return new Ast.Binary(Ast.Operator.of(operator), left, right,
                new Span(source, left.span().start(), right.span().end()));
    }

    private boolean enter(int operands, ParserRuleContext context) {
        if (depth + operands > QdslParser.MAX_DEPTH) {
            reporter.report(spanTo(context, context), "the expression has too many operands",
                    "give names to parts of it");
            return false;
        }
        depth += operands;
        return true;
    }

    private Ast.Expression placeholder(ParserRuleContext context) {
        return new Ast.IntegerLiteral(0, spanTo(context, context));
    }
}
