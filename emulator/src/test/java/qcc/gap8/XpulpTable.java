package qcc.gap8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The list of XpulpV2's instructions that the simulator is tested against. */
final class XpulpTable {
    private XpulpTable() {
    }

    /** An instruction; the letters of {@code operands} are those of the test resource. */
    record Row(String name, String operands, int match, int mask) {
    }

    static List<Row> rows() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(Objects.requireNonNull(
                XpulpTable.class.getResourceAsStream("/gap8/xpulp.txt")), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" "))
                    .map(words -> new Row(words[0], words[1], Integer.parseUnsignedInt(words[2].substring(2), 16),
                            Integer.parseUnsignedInt(words[3].substring(2), 16))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GAP-8's own instructions, which are refused: those for complex numbers, halving sums and pv.pack.h.h. */
    static boolean isRefused(Row row) {
        return row.name().matches("pv\\.(cplx.*|subrotmj.*|vitop.*|pack\\.h\\.h|(add|sub)\\.[bh]\\.div[24])");
    }
}
