package qcc.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelListTest {
    private static List<KernelRow> parse(String text) {
        return KernelList.parse(text.lines().toList());
    }

    @Test
    void rowsKeepTheirOrderAndSettings() {
        List<KernelRow> rows = parse("""
                # comment
                conv2d: conv2d_fast   # the fast one
                    when    groups == 1 && in_c % 4 == 0
                    scratch 2 * in_c
                    packing blocks_of_four
                    reads   2 pixels ahead
                    weights packed

                conv2d : conv2d_slow
                dense: dense_fast
                """);
        assertThat(rows).extracting(KernelRow::operation).containsExactly("conv2d", "conv2d", "dense");
        assertThat(rows).extracting(KernelRow::name).containsExactly("conv2d_fast", "conv2d_slow", "dense_fast");
        assertThat(rows).extracting(KernelRow::packing)
                .containsExactly(Packing.BLOCKS_OF_FOUR, Packing.PLAIN, Packing.PLAIN);
        assertThat(rows).extracting(KernelRow::weights)
                .containsExactly(WeightForm.PACKED, WeightForm.BYTES, WeightForm.BYTES);
        assertThat(rows.get(0).accepts(Map.of("groups", 1, "in_c", 8))).isTrue();
        assertThat(rows.get(0).accepts(Map.of("groups", 1, "in_c", 9))).isFalse();
        assertThat(rows.get(0).accepts(Map.of("groups", 2, "in_c", 8))).isFalse();
        assertThat(rows.get(0).scratch().evaluate(Map.of("in_c", 8))).isEqualTo(16);
        assertThat(rows).extracting(KernelRow::reads).containsExactly(
                new Reads(Reads.Unit.PIXELS, 2, Reads.Mode.AHEAD), Reads.UNKNOWN, Reads.UNKNOWN);
        assertThat(rows.get(1).accepts(Map.of())).isTrue();
        assertThat(rows.get(1).scratch().evaluate(Map.of())).isZero();
        assertThat(parse("# nothing\n\n")).isEmpty();
    }

    @Test
    void kernelsOfClustersSayHowTheyAreCut() {
        List<KernelRow> rows = parse("a: b\n  tiles h by 2 * c\n  local tile_h\n  cycles 3\n  moves 4\na: c\n");
        assertThat(rows.get(0).tiles()).get().satisfies(rule -> {
            assertThat(rule.rows().evaluate(Map.of("h", 5))).isEqualTo(5);
            assertThat(rule.channels().evaluate(Map.of("c", 5))).isEqualTo(10);
            assertThat(rule.local().evaluate(Map.of("tile_h", 7))).isEqualTo(7);
            assertThat(rule.cycles().evaluate(Map.of())).isEqualTo(3);
            assertThat(rule.moves().evaluate(Map.of())).isEqualTo(4);
        });
        assertThat(rows.get(1).tiles()).isEmpty();
    }

    @Test
    void partsOfFormulasHaveNames() {
        List<KernelRow> rows = parse("""
                let window = 3 * in_c
                a: b
                    let  pairs = up(window, 2)
                    when pairs > 10 && window < 100
                    work pairs; min(pairs, 7) * 2
                a: c
                    let  pairs = 5
                    choice by cost
                    work pairs
                """);
        assertThat(rows.get(0).accepts(Map.of("in_c", 6))).isFalse();
        assertThat(rows.get(0).accepts(Map.of("in_c", 7))).isTrue();
        assertThat(rows.get(0).when().unmet(Map.of("in_c", 6))).contains("pairs > 10");
        assertThat(rows.get(0).work()).extracting(term -> term.evaluate(Map.of("in_c", 7))).containsExactly(11L, 14L);
        assertThat(rows.get(1).work()).extracting(term -> term.evaluate(Map.of())).containsExactly(5L);
        assertThat(rows).extracting(KernelRow::choice)
                .containsExactly(KernelRow.Choice.BY_ORDER, KernelRow.Choice.BY_COST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "let x = 1/let x = 2                     ! line 2: `x` is defined twice",
        "a: b/  let X = 2/  when 1               ! line 2: `let X = 2` is not of the form `let name = formula`",
        "a: b/  choice by cost/c: d              ! line 1: a kernel is chosen by cost only where `work` says what it does",
        "a: b/  choice by dice/c: d              ! line 1: there is no choice `by dice`",
        "conv2d conv2d_fast                      ! line 1: `conv2d conv2d_fast` is not of the form",
        "a: b/  unless x                         ! line 2: `unless x` is none of when, scratch, packing, reads, weights, factors, choice, work, tiles, local, cycles, moves with",
        "a: b/  when                             ! line 2: `when` is none of when, scratch, packing, reads, weights, factors, choice, work, tiles, local, cycles, moves with",
        "a: b/  packing sideways/c: d            ! line 1: there is no packing `sideways`",
        "a: b/  reads 2 pixels/c: d              ! line 1: `2 pixels` is not of the form `2 pixels ahead`",
        "a: b/  reads 2 pixels once              ! line 1: pixels cannot be read once",
        "a: b/  reads 0 rows once                ! line 1: a part has at least one of its units",
        "a: b/  weights heavy/c: d               ! line 1: there is no weights `heavy`",
        "a: b/  weights packed/  packing taps_of_three ! line 1: packed weights have no order `taps_of_three`",
        "a: b/  tiles x by y/  local 1/c: d      ! line 1: of tiles, local, cycles, moves a kernel has all or none",
        "a: b/  tiles x/  local 1/  cycles 1/  moves 1/c: d ! line 1: `x` is not of the form `out_h by out_c`",
        "a: b/c: d/  when x +                    ! line 2: `x +` ends too early",
        "# x/  when 1/a: b                       ! line 2: `when 1` belongs to no kernel",
        "a: b/  when 1/  when 0                  ! line 3: `when` stands here twice"
    })
    void mistakesNameTheLine(String text, String message) {
        assertThatThrownBy(() -> parse(text.replace('/', '\n'))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
