package qcc.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

/** Builds the tree of a file that follows the grammar, and checks what a grammar cannot say. */
final class AstBuilder {
    private final SyntaxReporter reporter;
    private final ExpressionBuilder expressions;
    private final Source source;

    AstBuilder(Source source, SyntaxReporter reporter) {
        this.source = source;
        this.reporter = reporter;
        this.expressions = new ExpressionBuilder(source, reporter);
    }

    /** Empty when there is no model in the file; the reporter knows of this and any other mistake. */
    Optional<Ast.File> build(QdslGrammarParser.FileContext file) {
        List<QdslGrammarParser.ModelContext> models = sections(file, QdslGrammarParser.SectionContext::model);
        List<QdslGrammarParser.QuantizeContext> quantizes =
                sections(file, QdslGrammarParser.SectionContext::quantize);
        atMostOnce(models);
        atMostOnce(quantizes);
        if (models.isEmpty()) {
            reporter.report(new Span(source, 0, 0), "the file holds no model",
                    "a model begins `model NAME(INPUT: [SHAPE]) -> OUTPUT {`");
            return Optional.empty();
        }
        List<Ast.Setting> parameters = new ArrayList<>();
        for (QdslGrammarParser.ParametersContext section
                : sections(file, QdslGrammarParser.SectionContext::parameters)) {
            parameters.add(setting(section, section.PARAMETERS().getSymbol(), section.value()));
        }
        return Optional.of(new Ast.File(model(models.get(0)), parameters, settings(quantizes),
                new Span(source, 0, source.text().length())));
    }

    /** The settings of a text that is nothing but one {@code quantize} section. */
    Optional<List<Ast.Setting>> settings(QdslGrammarParser.FileContext file) {
        List<QdslGrammarParser.QuantizeContext> sections = sections(file, QdslGrammarParser.SectionContext::quantize);
        if (sections.size() != 1 || file.section().size() != 1) {
            reporter.report(new Span(source, 0, source.text().length()), "these are no settings",
                    "write them as in a quantize section: `scales dyadic; weights int4`");
            return Optional.empty();
        }
        return Optional.of(settings(sections));
    }

    private List<Ast.Setting> settings(List<QdslGrammarParser.QuantizeContext> sections) {
        List<Ast.Setting> settings = new ArrayList<>();
        for (QdslGrammarParser.QuantizeContext section : sections) {
            for (QdslGrammarParser.SettingContext s : section.setting()) {
                settings.add(setting(s, s.NAME().getSymbol(), s.value()));
            }
        }
        return settings;
    }

    private static <T> List<T> sections(QdslGrammarParser.FileContext file,
            Function<QdslGrammarParser.SectionContext, T> kind) {
        return file.section().stream().map(kind).filter(Objects::nonNull).toList();
    }

    private void atMostOnce(List<? extends ParserRuleContext> sections) {
        for (ParserRuleContext section : sections.subList(Math.min(1, sections.size()), sections.size())) {
            Token first = sections.get(0).getStart();
            reporter.report(reporter.span(section.getStart()), "second `" + first.getText() + "` in the file",
                    "there is one in line " + first.getLine() + " already");
        }
    }

    private Ast.Model model(QdslGrammarParser.ModelContext model) {
        QdslGrammarParser.ModelHeadContext head = model.modelHead();
        List<Ast.Name> names = head.NAME().stream().map(expressions::name).toList();
        List<Ast.Input> inputs = head.input().stream().map(this::input).toList();
        List<Ast.Statement> body = model.statement().stream().map(this::statement).toList();
        return new Ast.Model(names.get(0), inputs, names.subList(1, names.size()), body, span(head));
    }

    private Ast.Input input(QdslGrammarParser.InputContext input) {
        Optional<Ast.Range> range = Optional.ofNullable(input.range()).map(r -> new Ast.Range(
                expressions.real(r.number(0)), expressions.real(r.number(1)), span(r)));
        return new Ast.Input(expressions.name(input.NAME()), expressions.list(input.list()), range, span(input));
    }

    private Ast.Statement statement(QdslGrammarParser.StatementContext statement) {
        return statement.block() != null ? block(statement.block()) : binding(statement.binding());
    }

    private Ast.Binding binding(QdslGrammarParser.BindingContext binding) {
        Optional<Ast.ListLiteral> shape = Optional.ofNullable(binding.list()).map(expressions::list);
        return new Ast.Binding(expressions.name(binding.NAME()), shape,
                expressions.expression(binding.expression()), expressions.spanTo(binding, binding.expression()));
    }

    private Ast.Block block(QdslGrammarParser.BlockContext block) {
        QdslGrammarParser.BlockHeadContext head = block.blockHead();
        List<Ast.Parameter> parameters = head.parameter().stream().map(this::parameter).toList();
        QdslGrammarParser.BlockBodyContext body = block.blockBody();
        List<Ast.Binding> bindings =
                body == null ? List.of() : body.binding().stream().map(this::binding).toList();
        Ast.Expression result =
                expressions.expression(body == null ? block.expression() : body.result().expression());
        return new Ast.Block(expressions.name(head.NAME()), parameters, bindings, result, span(head));
    }

    private Ast.Parameter parameter(QdslGrammarParser.ParameterContext parameter) {
        return new Ast.Parameter(expressions.name(parameter.NAME()),
                Optional.ofNullable(parameter.expression()).map(expressions::expression), span(parameter));
    }

    private Ast.Setting setting(ParserRuleContext section, Token key, List<QdslGrammarParser.ValueContext> values) {
        ParserRuleContext end = values.isEmpty() ? null : values.get(values.size() - 1);
        Span span = end == null ? reporter.span(key) : expressions.spanTo(section, end);
        return new Ast.Setting(new Ast.Name(key.getText(), reporter.span(key)),
                values.stream().map(expressions::value).toList(), span);
    }

    private Span span(ParserRuleContext context) {
        return expressions.spanTo(context, context);
    }
}
