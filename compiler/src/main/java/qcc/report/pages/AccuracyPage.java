package qcc.report.pages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import qcc.driver.AccuracyReport;
import qcc.driver.Distribution;
import qcc.driver.Fidelity;
import qcc.ir.Graph;
import qcc.ir.Node;
import qcc.report.Bins;
import qcc.report.Block;
import qcc.report.Cell;
import qcc.report.Facts;
import qcc.report.Figures;
import qcc.report.LineChart;
import qcc.report.Numbers;
import qcc.report.Page;
import qcc.report.Section;
import qcc.report.Table;
import qcc.report.Table.Column;
import qcc.report.Tone;

/** The page of {@code qcc eval}. */
public final class AccuracyPage {
    /** A layer that loses more than this against what it reads is shown as a place where error enters. */
    private static final double NOTEWORTHY_LOSS_DB = 3;

    private final Graph typed;
    private final AccuracyReport report;

    private AccuracyPage(Graph typed, AccuracyReport report) {
        this.typed = typed;
        this.report = report;
    }

    /**
     * @param typed       the float network
     * @param byBits      the report with so many bits in all weights
     * @param activations distributions of inputs and layers
     * @param weights     distributions of weights
     */
    public static Page of(Graph typed, AccuracyReport report, Map<Integer, AccuracyReport> byBits,
            List<Distribution> activations,
            List<Distribution> weights) {
        AccuracyPage page = new AccuracyPage(typed, report);
        return new Page(typed.name(), "qcc eval: the float, the simulated and the integer network", page.verdict(),
                List.of(Section.of("Accuracy", "", page.accuracy()), page.layers(),
                        bits(byBits),
                        histograms("Weights", "The float weights; dashed lines stand at the smallest and the largest "
                                + "that remain after rounding. The height of a bar is the square root of its count.",
                                weights),
                        histograms("Activations", "What the layers of the float network compute on these samples; "
                                + "dashed lines enclose what their integers express.", activations)));
    }

    private Page.Verdict verdict() {
        double loss = report.percent(report.real()) - report.percent(report.integer());
        String text = report.labelled()
                ? Numbers.decimal(report.percent(report.integer())) + " % right"
                : Numbers.decimal(report.percent(report.agreement())) + " % as the float network";
        return new Page.Verdict(loss <= 0.5 ? Tone.GOOD : loss <= 2 ? Tone.WARN : Tone.BAD, text);
    }

    private Facts accuracy() {
        Facts facts = new Facts().add("Samples", Numbers.count(report.samples()), report.labelled() ? "with labels"
                : "without labels: the float network's answers count as right");
        facts.add("Float", share(report.real()), Numbers.count(report.real()) + " right");
        facts.add("Simulated", share(report.simulated()), Numbers.count(report.simulated()) + " right");
        facts.add("Integer", share(report.integer()), Numbers.count(report.integer()) + " right");
        return facts.add("Integer as float", share(report.agreement()), "the same largest output");
    }

    private String share(int count) {
        return Numbers.decimal(report.percent(count)) + " %";
    }

    private Section layers() {
        List<String> names = report.layers().stream().map(AccuracyReport.Layer::name).toList();
        LineChart chart = new LineChart("Signal to quantisation noise against the float network, dB", names, List.of(
                new LineChart.Series("integer", report.layers().stream().map(layer -> sqnr(layer.integer())).toList()),
                new LineChart.Series("simulated", report.layers().stream().map(layer -> sqnr(layer.simulated()))
                        .toList())));
        return Section.of("Error per layer", "Where the integer line falls, error enters; where it leaves the simulated "
                + "one, it comes from integer arithmetic and not from rounding values.", chart, table());
    }

    /** The places before the fewest bits stay empty, so that their numbers are those of the bits. */
    private static Section bits(Map<Integer, AccuracyReport> byBits) {
        int most = byBits.keySet().stream().max(Integer::compare).orElseThrow();
        List<String> places = IntStream.rangeClosed(0, most).mapToObj(bits -> "bits").toList();
        boolean labelled = byBits.get(most).labelled();
        List<LineChart.Series> lines = new ArrayList<>();
        if (labelled) {
            lines.add(new LineChart.Series("right", shares(byBits, most, AccuracyReport::integer)));
        }
        lines.add(new LineChart.Series("as the float network", shares(byBits, most, AccuracyReport::agreement)));
        return Section.of("Accuracy against bits", "The integer network with weights of so many bits in all layers, on "
                + Numbers.count(byBits.get(most).samples()) + " samples. `qcc search` finds bits for each layer.",
                new LineChart("Answers by bits of the weights, %", places, lines));
    }

    private static List<Optional<Double>> shares(Map<Integer, AccuracyReport> byBits, int most,
            ToIntFunction<AccuracyReport> count) {
        return IntStream.rangeClosed(0, most).mapToObj(bits -> Optional.ofNullable(byBits.get(bits))
                .map(report -> report.percent(count.applyAsInt(report)))).toList();
    }

    private Table table() {
        Map<String, Double> sqnr = new HashMap<>();
        report.layers().forEach(layer -> sqnr.put(layer.name(), layer.integer().sqnr()));
        Map<String, Node> nodes = new HashMap<>();
        typed.nodes().forEach(node -> nodes.put(node.name(), node));
        Table table = new Table(List.of(Column.number("#"), Column.text("Layer"), Column.number("Integer, dB"),
                Column.number("Cosine"), Column.number("Simulated, dB"), Column.number("Cosine"),
                Column.number("Lost here, dB")));
        for (int i = 0; i < report.layers().size(); i++) {
            AccuracyReport.Layer layer = report.layers().get(i);
            table.row(List.of(Cell.of(i), Cell.of(layer.name()), Cell.of(Numbers.decimal(layer.integer().sqnr())),
                    Cell.of(cosine(layer.integer())), Cell.of(Numbers.decimal(layer.simulated().sqnr())),
                    Cell.of(cosine(layer.simulated())), loss(nodes.get(layer.name()), sqnr)));
        }
        return table;
    }

    /** What a layer loses against the worst of the layers that it reads. */
    private static Cell loss(Node node, Map<String, Double> sqnr) {
        Optional<Double> worst = node.inputs().stream().map(input -> sqnr.get(input.name()))
                .filter(value -> value != null && !value.isInfinite()).min(Double::compare);
        double own = sqnr.get(node.name());
        if (worst.isEmpty() || Double.isInfinite(own)) {
            return Cell.of("–");
        }
        double loss = worst.get() - own;
        return loss > NOTEWORTHY_LOSS_DB ? Cell.of(Tone.BAD, Numbers.decimal(loss)) : Cell.of(Numbers.decimal(loss));
    }

    private static Optional<Double> sqnr(Fidelity fidelity) {
        return Optional.of(fidelity.sqnr()).filter(value -> !value.isInfinite() && !value.isNaN());
    }

    private static String cosine(Fidelity fidelity) {
        return String.format(Locale.ROOT, "%.6f", fidelity.cosine());
    }

    private static Section histograms(String heading, String intro, List<Distribution> distributions) {
        List<Block> figures = new ArrayList<>();
        for (Distribution d : distributions) {
            double clipped = d.clipped();
            figures.add(new Bins(d.name(), d.remark() + (clipped > 0 ? "; " + Numbers.percent(clipped) + " beyond the ends"
                    : ""), d.low(), d.high(), d.counts(), List.of(d.clipLow(), d.clipHigh())));
        }
        return Section.of(heading, intro, new Figures(figures));
    }
}
