package qcc.program;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.target.Formula;
import qcc.target.Target;
import qcc.target.TileRule;

/**
 * Finds the shape of a layer's tiles: of all that fit into L1, the one that takes the fewest cycles. While a tile is
 * computed the next one is fetched, so that a layer takes as long as its computation or its transfers, whichever is
 * longer, and the first fetch and the last store, which nothing hides.
 */
final class TileSearch {
    private static final int CHANNEL_UNIT = 4;
    /** Commands of the DMA, two barriers, and cores that are ready sooner than others. */
    private static final int CYCLES_PER_TILE = 300;

    private final TileRule rule;
    private final Target.Cluster cluster;
    private final Map<String, Integer> names;

    private TileSearch(TileRule rule, Target.Cluster cluster, Map<String, Integer> literals) {
        this.rule = rule;
        this.cluster = cluster;
        this.names = new HashMap<>(literals);
        names.put("cores", cluster.cores());
    }

    /** The best shape; {@link CompilationFailed} with the layer's line where even the smallest tile does not fit. */
    static Tile best(KernelChoice kernel, TileRule rule, Target target) {
        Target.Cluster cluster = target.cluster().orElseThrow(() -> new IllegalStateException("target " + target.name()
                + " has the kernel " + kernel.row().name() + " of a cluster, but none"));
        TileSearch search = new TileSearch(rule, cluster, kernel.literals());
        List<Tile> fitting = search.shapes();
        if (fitting.isEmpty()) {
            int least = search.bytes(1, CHANNEL_UNIT);
            throw new CompilationFailed(Diagnostic.of(Code.E601, kernel.node().span(), "the smallest tile of layer `"
                    + kernel.node().name() + "` needs " + least + " bytes of L1; " + target.name() + " has "
                    + cluster.localBytes() + " bytes for tiles")
                    .because("a tile has all columns and all input channels of the rows under one row of the output")
                    .help("use a narrower image, fewer input channels or a smaller kernel there"));
        }
        return fitting.stream().min(Comparator.comparingLong(Tile::cycles).thenComparingInt(Tile::bytes)).orElseThrow();
    }

    private List<Tile> shapes() {
        List<Integer> channels = cuts(value(rule.channels()), CHANNEL_UNIT);
        return cuts(value(rule.rows()), 1).stream().flatMap(rows -> channels.stream().map(c -> new int[] {rows, c}))
                .filter(shape -> bytes(shape[0], shape[1]) <= cluster.localBytes())
                .flatMap(shape -> IntStream.iterate(1, lanes -> lanes <= cluster.cores(), lanes -> 2 * lanes)
                        .mapToObj(lanes -> tile(shape[0], shape[1], lanes)))
                .toList();
    }

    /** The sizes of parts into which n can be cut, each once, in whole units. */
    private static List<Integer> cuts(int n, int unit) {
        return IntStream.rangeClosed(1, n).map(parts -> (n + parts - 1) / parts).map(size -> (size + unit - 1) / unit * unit)
                .distinct().boxed().toList();
    }

    private int bytes(int rows, int channels) {
        names.put("tile_h", rows);
        names.put("tile_c", channels);
        names.put("tiles_h", (value(rule.rows()) + rows - 1) / rows);
        names.put("tiles_c", (value(rule.channels()) + channels - 1) / channels);
        return value(rule.local());
    }

    private Tile tile(int rows, int channels, int lanes) {
        names.put("lanes", lanes);
        int bytes = bytes(rows, channels);
        long tiles = (long) names.get("tiles_h") * names.get("tiles_c");
        long moving = rule.moves().evaluate(names) * 10 / cluster.dmaBytes();
        long computing = tiles * (rule.cycles().evaluate(names) + CYCLES_PER_TILE);
        return new Tile(rows, channels, lanes, bytes, Math.max(computing, moving) + moving / tiles);
    }

    private int value(Formula formula) {
        return Math.toIntExact(formula.evaluate(names));
    }
}
