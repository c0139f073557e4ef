package qcc.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import qcc.budget.BudgetCheck.Cause;
import qcc.budget.BudgetCheck.Line;

class BudgetTest {
    @TempDir
    private Path folder;

    private static Budget budget(Metric metric, long total, Map<String, Long> parts) {
        return new Budget("gcc 12", Map.of(metric, new Amount(total, parts)));
    }

    private static Line line(Budget allowed, Budget actual) {
        BudgetCheck check = BudgetCheck.of("b", allowed, actual);
        assertThat(check.lines()).hasSize(1);
        return check.lines().get(0);
    }

    @Test
    void oneMoreIsTooMuch() {
        Budget allowed = budget(Metric.FLASH, 100, Map.of());
        assertThat(BudgetCheck.of("b", allowed, budget(Metric.FLASH, 100, Map.of())).kept()).isTrue();
        assertThat(BudgetCheck.of("b", allowed, budget(Metric.FLASH, 101, Map.of())).kept()).isFalse();
        BudgetCheck less = BudgetCheck.of("b", allowed, budget(Metric.FLASH, 99, Map.of()));
        assertThat(less.kept()).isTrue();
        assertThat(less.improved()).isTrue();
    }

    /** New, gone and changed parts, and what no part accounts for, add up to the change of the total. */
    @Test
    void theCausesAddUp() {
        Line line = line(budget(Metric.FLASH, 100, Map.of("run", 60L, "old", 10L, "same", 5L)),
                budget(Metric.FLASH, 130, Map.of("run", 75L, "new", 12L, "same", 5L)));
        assertThat(line.exceeded()).isTrue();
        assertThat(line.causes()).containsExactly(new Cause("run", 60, 75, false),
                new Cause(BudgetCheck.REST, 25, 38, false), new Cause("new", 0, 12, false),
                new Cause("old", 10, 0, false));
        assertThat(line.causes().stream().mapToLong(Cause::change).sum()).isEqualTo(line.change()).isEqualTo(30);
    }

    /** A layer that grew is told even where another one makes up for it; a symbol may grow within the total. */
    @Test
    void layersAreLimitsSymbolsAreNot() {
        Map<String, Long> before = Map.of("a", 50L, "b", 50L);
        Map<String, Long> after = Map.of("a", 51L, "b", 49L);
        assertThat(line(budget(Metric.INSTRUCTIONS, 100, before), budget(Metric.INSTRUCTIONS, 100, after)).exceeded())
                .isTrue();
        assertThat(line(budget(Metric.FLASH, 100, before), budget(Metric.FLASH, 100, after)).exceeded()).isFalse();
    }

    @Test
    void newLayersFitIntoTheTotal() {
        assertThat(line(budget(Metric.INSTRUCTIONS, 100, Map.of("a", 100L)),
                budget(Metric.INSTRUCTIONS, 90, Map.of("a", 50L, "b", 40L))).exceeded()).isFalse();
    }

    /** What cannot be measured is not kept. */
    @Test
    void aMissingMeasurementFails() {
        Line line = line(budget(Metric.STACK, 100, Map.of()), budget(Metric.RAM, 1, Map.of()));
        assertThat(line.actual()).isEmpty();
        assertThat(line.exceeded()).isTrue();
    }

    @Test
    void anotherCompilerIsTold() {
        Budget allowed = budget(Metric.RAM, 1, Map.of());
        assertThat(BudgetCheck.of("b", allowed, allowed).compiler()).isEmpty();
        assertThat(BudgetCheck.of("b", allowed, new Budget("gcc 13", allowed.amounts())).compiler())
                .isEqualTo(Optional.of("gcc 12"));
    }

    /** Also with names that YAML would take for something else. */
    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path path = folder.resolve("b.yaml");
        Budget odd = new Budget("gcc: 'x' #1 \"y\"", Map.of(
                Metric.INSTRUCTIONS, new Amount(Long.MAX_VALUE / 16, Map.of("yes", 1L, "null", 2L, "a.1", 3L, "~", 4L)),
                Metric.STACK, new Amount(0, Map.of())));
        BudgetFile file = BudgetFile.readOrNew(path);
        file.put("no", "t", odd);
        file.put("a", "u", budget(Metric.RAM, 7, Map.of("arena", 7L)));
        file.write();
        String text = Files.readString(path);
        BudgetFile again = BudgetFile.read(path);
        assertThat(again.budget("no", "t")).isEqualTo(odd);
        assertThat(again.find("no", "u")).isEmpty();
        assertThat(again.text()).isEqualTo(text);
        assertThat(text).contains("\na:\n  u:\n    compiler: gcc 12\n    ram:\n      total: 7\n");
    }
}
