package qcc.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Diagnostics;
import qcc.diagnostics.Source;
import qcc.diagnostics.Span;

class QdslParserTest {
    static Ast.File parse(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<Ast.File> file = QdslParser.parse(new Source("m.qdsl", text), diagnostics);
        assertThat(diagnostics.all()).isEmpty();
        return file.orElseThrow();
    }

    private static String withValue(String expression) {
        return "model m(x: [4]) -> y {\n    y = " + expression + "\n}\n";
    }

    private static Ast.Expression value(String expression) {
        return ((Ast.Binding) parse(withValue(expression)).model().body().get(0)).value();
    }

    private static void assertSame(Ast.File actual, Ast.File expected) {
        assertThat(actual).usingRecursiveComparison().withStrictTypeChecking()
                .ignoringFieldsOfTypes(Span.class).isEqualTo(expected);
    }

    @Test
    void printsTheWholeLanguageInItsCanonicalForm() {
        Ast.File file = parse(Golden.read("kws.qdsl"));
        String printed = AstPrinter.print(file);
        Golden.bless("kws.canonical.qdsl", printed);
        assertThat(printed).isEqualTo(Golden.read("kws.canonical.qdsl"));
        assertSame(parse(printed), file);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a + b - c", "a - (b - c)", "a * b + c", "(a + b) * c", "a * (b * c)", "a / b / c", "a - -3", "-3 + a",
        "(a |> f) * b", "a * (b |> f)", "(a + b) |> f", "(a |> f) |> g", "a |> f + b", "a |> f * (n + 1) as l : [2]",
        "a |> f * n", "f(x) as l : [1, n]", "f() |> g", "[1, [2, x |> f], \"s\"]", "1.5e-9 + 2.0", "a |> f + b |> g",
        "f(x |> g * 2, k = a + b)", "9223372036854775807 - -9223372036854775808", "f(x) as l |> g as m",
        "a |> f * (g(2) as h) as l", "a |> f * ([2])", "a |> f * 2.5"})
    void printingKeepsThePrecedence(String expression) {
        Ast.File file = parse(withValue(expression));
        assertSame(parse(AstPrinter.print(file)), file);
    }

    @Test
    void theModelInTheReferenceIsValid() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("qcc.home"), "compiler/README.md"));
        String chapter = readme.substring(readme.indexOf("## A model\n"), readme.indexOf("## Grammar\n"));
        Ast.File file = parse(chapter.substring(chapter.indexOf('\n')));
        assertThat(file.model().body()).hasSize(3);
        assertThat(file.quantize()).hasSize(4);
    }

    @Test
    void redundantParenthesesAreNotKept() {
        assertThat(AstPrinter.print(value("((a) * (b)) + (c)"))).isEqualTo("a * b + c");
    }

    @Test
    void pipeBindsTighterThanTimesAndTimesTighterThanPlus() {
        Ast.Binary sum = (Ast.Binary) value("a + b * c |> f");
        assertThat(sum.operator()).isEqualTo(Ast.Operator.ADD);
        Ast.Binary product = (Ast.Binary) sum.right();
        assertThat(product.operator()).isEqualTo(Ast.Operator.MULTIPLY);
        assertThat(product.right()).isInstanceOf(Ast.Pipe.class);
        assertThat(((Ast.Binary) value("a - b - c")).left()).isInstanceOf(Ast.Binary.class);
    }

    @Test
    void aStageIsRepeatedLabelledAndChecked() {
        Ast.Pipe pipe = (Ast.Pipe) value("x |> f(3, k = [1]) * 4 as sep : [25, 5] |> g");
        Ast.Stage stage = pipe.stages().get(0);
        assertThat(stage.times()).map(AstPrinter::print).contains("4");
        assertThat(stage.call().label()).map(Ast.Name::text).contains("sep");
        assertThat(stage.call().shape()).map(AstPrinter::print).contains("[25, 5]");
        assertThat(stage.call().arguments()).extracting(a -> a.name().map(Ast.Name::text))
                .containsExactly(Optional.empty(), Optional.of("k"));
        assertThat(pipe.stages()).hasSize(2);
    }

    @Test
    void spansCoverExactlyTheText() {
        String text = withValue("x /* \uD83D\uDE00 */ |> conv2d(k = 3) * 2 as \u006C1");
        Ast.Pipe pipe = (Ast.Pipe) ((Ast.Binding) parse(text).model().body().get(0)).value();
        assertThat(textOf(pipe.span())).startsWith("x /*").endsWith("as l1");
        assertThat(textOf(pipe.stages().get(0).call().span())).isEqualTo("conv2d(k = 3)");
        assertThat(textOf(pipe.stages().get(0).call().callee().span())).isEqualTo("conv2d");
        assertThat(textOf(pipe.stages().get(0).call().arguments().get(0).span())).isEqualTo("k = 3");
    }

    private static String textOf(Span span) {
        return span.source().text().substring(span.start(), span.end());
    }

    @Test
    void aSettingIsALine() {
        Ast.File file = parse(withValue("x") + "quantize { a b\n  c \"d\" f(1,\n2) [3] -4; e\n\n g }");
        assertThat(file.quantize()).extracting(s -> s.key().text()).containsExactly("a", "c", "e", "g");
        assertThat(file.quantize().get(1).arguments()).extracting(AstPrinter::print)
                .containsExactly("\"d\"", "f(1, 2)", "[3]", "-4");
        assertThat(textOf(file.quantize().get(0).span())).isEqualTo("a b");
    }

    @Test
    void sectionsComeInAnyOrderAndLinesMayEndInCarriageReturns() {
        Ast.File file = parse("quantize {\r\n a b\r\n}\r\nparameters \"f\"\r\nmodel m(x: [4]) -> y {\r\ny = x\r\n}");
        assertThat(file.parameters()).hasSize(1);
        assertThat(file.quantize()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "f(", "x |> f(", "[[", "(\n"})
    void deepNestingIsAnError(String opener) {
        assertThat(errors(withValue(opener.repeat(30_000)))).singleElement()
                .satisfies(d -> assertThat(d.message()).contains("more than 200 deep"));
    }

    @Test
    void nestingUpToTheLimitIsParsedOnASmallStack() throws InterruptedException {
        int levels = QdslParser.MAX_NESTING - 1;
        String text = withValue("(".repeat(levels) + "x" + ")".repeat(levels));
        List<Ast.File> result = new CopyOnWriteArrayList<>();
        Thread thread = new Thread(null, () -> result.add(parse(text)), "small", 512 << 10);
        thread.start();
        thread.join();
        assertThat(result).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {" + x", " * x", " - 1"})
    void longArithmeticIsAnError(String more) {
        assertThat(errors(withValue("x" + more.repeat(50_000)))).singleElement()
                .satisfies(d -> assertThat(d.message()).contains("too many operands"));
        parse(withValue("x" + more.repeat(500)));
    }

    @Test
    void aLongPipeIsFine() {
        Ast.Pipe pipe = (Ast.Pipe) value("x" + " |> f * 2".repeat(30_000));
        assertThat(pipe.stages()).hasSize(30_000);
    }

    @Test
    void tooManyTokensAreAnError() {
        assertThat(errors("x ".repeat(QdslParser.MAX_TOKENS + 1))).singleElement()
                .satisfies(d -> assertThat(d.message()).contains("200,000"));
    }

    @Test
    void textThatIsTooLargeOrHoldsNulIsAnError() {
        assertThat(errors(" ".repeat(SourceReader.MAX_BYTES + 1))).singleElement()
                .satisfies(d -> assertThat(d.message()).contains("larger than 4 MiB"));
        assertThat(errors("model \0 m")).singleElement()
                .satisfies(d -> assertThat(d.message()).contains("NUL byte"));
    }

    @Test
    void errorsAreCapped() {
        assertThat(errors("model m(x: [4]) -> y {\n" + "a = )\n".repeat(1000) + "}")).hasSize(Diagnostics.MAX_ERRORS);
    }

    @Test
    void anErrorInOneStatementDoesNotHideOthersOrMakeMore() {
        assertThat(errors("model m(x: [4]) -> y {\n a = x |> 3 |> f(b = 1)\n c = x + y\n d = [1, , f(g = 2)] e = 3\n"
                + " block f(a, 3, s = 1) = a\n h = relu(x)\n}")).hasSize(3);
    }

    private static List<Diagnostic> errors(String text) {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(QdslParser.parse(new Source("m.qdsl", text), diagnostics)).isEmpty();
        return diagnostics.all();
    }
}
