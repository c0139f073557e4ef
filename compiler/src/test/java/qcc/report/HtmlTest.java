package qcc.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import qcc.report.Table.Column;
import qcc.target.Installation;

class HtmlTest {
    private static final String NASTY = "<script>alert('a & \"b\"')</script>\u0001\uFFFF $x$ é";

    private static Page page(Block... blocks) {
        return new Page(NASTY, NASTY, new Page.Verdict(Tone.GOOD, NASTY), List.of(
                Section.of(NASTY, NASTY, blocks)));
    }

    private static String write(Page page) {
        return new Html(Installation.find().templates()).write(page);
    }

    private static Document parse(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    /** Whatever a name holds, the page stays well-formed and shows it as it is. */
    @Test
    void everyTextIsEscaped() throws Exception {
        String html = write(page(new Note(Tone.BAD, NASTY), new Facts().add(NASTY, NASTY, NASTY),
                new Table(List.of(Column.text(NASTY), Column.bar(NASTY)))
                        .row(List.of(Cell.of(NASTY).remark(NASTY), Cell.bar(0.5, Optional.of(0.25))))
                        .total(List.of(Cell.of(7), Cell.of(Tone.WARN, NASTY)))));
        assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
        String shown = NASTY.replace('\u0001', ' ').replace('\uFFFF', ' ');
        Document document = parse(html);
        assertThat(document.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(shown);
        assertThat(document.getElementsByTagName("td").item(0).getTextContent()).isEqualTo(shown + " " + shown);
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1);
    }

    @Test
    void drawingsShowWhatTheyAreGiven() throws Exception {
        Bins bins = new Bins(NASTY, NASTY, 2, 2, List.of(0L, 9L), List.of(-1.0, 4.0));
        Document document = parse(write(page(new Figures(List.of(bins, bins)),
                new AddressMap(NASTY, 3, 100, List.of(new AddressMap.Place("conv", 0, 60, 0, 1, false),
                        new AddressMap.Place(NASTY, 60, 40, 2, 2, true))),
                new LineChart(NASTY, List.of("a", NASTY), List.of(
                        new LineChart.Series(NASTY, List.of(Optional.of(3.0), Optional.empty())),
                        new LineChart.Series("b", List.of(Optional.of(1.0), Optional.of(2.0))))))));
        assertThat(document.getElementsByTagName("polygon").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("title").item(1).getTextContent())
                .isEqualTo("conv: bytes 0 to 59 (60), steps 0 to 1");
        assertThat(document.getElementsByTagName("rect").item(1).getAttributes().getNamedItem("class").getNodeValue())
                .isEqualTo("place m1 scratch");
    }

    /** No value, one value, and values far apart: a drawing never has a coordinate that is none. */
    @Test
    void drawingsBearExtremes() {
        List<Optional<Double>> none = List.of(Optional.empty());
        String html = write(page(new LineChart("", List.of("a"), List.of(new LineChart.Series("s", none))),
                new LineChart("", List.of(), List.of()), new AddressMap("", 0, 1, List.of()),
                new LineChart("", List.of("a"), List.of(new LineChart.Series("s", List.of(Optional.of(-1e30))))),
                new Bins("", "", 0, 0, List.of(0L), List.of()), new Bins("", "", -1e-30, 1e30, List.of(1L, 1L),
                        List.of(0.0))));
        assertThat(html).doesNotContain("NaN", "Infinity");
    }

    @Test
    void aPageStandsAlone() {
        String html = write(page());
        assertThat(html).startsWith("<!DOCTYPE html>\n").contains("prefers-color-scheme: dark")
                .doesNotContain("src=", "href=", "url(", "@import").endsWith("</html>\n");
        assertThat(write(page())).isEqualTo(html);
    }

    @Test
    void everyColumnHasItsCell() {
        Table table = new Table(List.of(Column.text("a"), Column.number("b")));
        assertThatThrownBy(() -> table.row(List.of(Cell.of("1")))).hasMessage("1 cells for 2 columns");
    }

    @Test
    void numbersAreTheSameEverywhere() {
        assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
        assertThat(Numbers.change(-1000)).isEqualTo("-1,000");
        assertThat(Numbers.change(3)).isEqualTo("+3");
        assertThat(Numbers.percent(0.1234)).isEqualTo("12.3 %");
        assertThat(List.of(0.0, 0.25, -1.5, 1000.0, 2e7, 3e-7)).extracting(Numbers::tick)
                .containsExactly("0", "0.25", "-1.5", "1000", "2e7", "3e-7");
        assertThat(Numbers.coordinate(12.04)).isEqualTo("12");
    }

    @Test
    void axesHaveRoundTicks() {
        assertThat(new Axis(0, 10, 0, 100).ticks(5)).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(new Axis(-0.9, 1.1, 200, 0).ticks(4)).containsExactly(-0.5, 0.0, 0.5, 1.0);
        assertThat(new Axis(0, 10, 100, 0).at(2.5)).isEqualTo(75);
        assertThat(Axis.of(3, 3, 0, 1).high()).isGreaterThan(3);
    }
}
