package qcc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PassTableTest {

    @Test
    void theTableIsInOrder() {
        assertThatCode(() -> PassTable.requireOrder(PassTable.all())).doesNotThrowAnyException();
        assertThat(PassTable.names()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
    }

    @Test
    void everyConstraintNamesAPassAndAReason() {
        for (Pass pass : PassTable.all()) {
            pass.after().forEach((other, reason) -> {
                assertThat(PassTable.names()).contains(other);
                assertThat(reason).as(pass.name() + " after " + other).contains(" ").doesNotEndWith(".");
            });
        }
    }

    static Stream<Pass> constrained() {
        return PassTable.all().stream().filter(pass -> !pass.after().isEmpty());
    }

    /** A pass that stands before one it needs is refused, with the reason or because the stages no longer meet. */
    @ParameterizedTest
    @MethodSource("constrained")
    void aPermutedTableIsRejected(Pass pass) {
        for (String other : pass.after().keySet()) {
            List<Pass> permuted = new ArrayList<>(PassTable.all());
            Collections.swap(permuted, permuted.indexOf(pass), PassTable.names().indexOf(other));
            assertThatThrownBy(() -> PassTable.requireOrder(permuted)).isInstanceOf(IllegalStateException.class)
                    .hasMessageMatching("(?s)pass .* (must run after .*: .*|takes a graph that is .*)");
        }
    }

    @Test
    void theReasonIsPartOfTheMessage() {
        List<Pass> permuted = new ArrayList<>(PassTable.all());
        Collections.swap(permuted, 1, 2);
        assertThatThrownBy(() -> PassTable.requireOrder(permuted))
                .hasMessage("pass fuse-clamps must run after fold-batch-norm: "
                        + "an activation can only reach a layer once no batch norm stands between");
    }

    @Test
    void passesAreNeitherMissingNorDouble() {
        List<Pass> all = PassTable.all();
        int integerise = PassTable.names().indexOf("integerise");
        assertThatThrownBy(() -> PassTable.requireOrder(all.subList(0, integerise)))
                .hasMessage("the passes end at CALIBRATED");
        List<Pass> twice = new ArrayList<>(all);
        twice.add(0, all.get(0));
        assertThatThrownBy(() -> PassTable.requireOrder(twice)).hasMessage("there are two passes remove-dead-code");
    }
}
