package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final Outcome FAILURE = Outcome.failed("invented", "");

    @Test
    void keepsOnlyWhatTheFailureNeeds() {
        Network network = firstWith("tanh", 6);
        Network small = shrink(network, text -> text.contains("tanh"));
        assertThat(small.layers()).isEqualTo(1);
        assertThat(small.inputs()).hasSize(1);
        assertThat(small.inputs().get(0).shape().size()).isEqualTo(1);
        assertThat(small.inputs().get(0).range()).isEmpty();
        assertThat(small.settings()).isEmpty();
    }

    @Test
    void keepsTwoLayersThatOnlyFailTogether() {
        Network network = LongStream.range(1, 2000).mapToObj(NetworkGenerator::network)
                .filter(n -> n.text().contains("conv2d") && n.text().contains("max_pool") && n.layers() > 5)
                .findFirst().orElseThrow();
        Network small = shrink(network, text -> text.contains("conv2d") && text.contains("max_pool"));
        assertThat(small.layers()).isEqualTo(2);
    }

    @Test
    void doesNotWanderOffToAnotherFailure() {
        Network network = firstWith("sigmoid", 4);
        Function<String, Outcome> judge = text -> text.contains("sigmoid") ? FAILURE : Outcome.failed("other", "");
        assertThat(new Shrinker(judge, 1000).shrink(network, FAILURE).text()).contains("sigmoid");
    }

    @Test
    void stopsWhenItsBudgetIsUsedUp() {
        int[] calls = new int[1];
        Function<String, Outcome> judge = text -> {
            calls[0]++;
            return FAILURE;
        };
        new Shrinker(judge, 7).shrink(firstWith("dense", 5), FAILURE);
        assertThat(calls[0]).isEqualTo(7);
    }

    @Test
    void reductionsAreNeverTheNetworkItself() {
        List<Network> networks = LongStream.rangeClosed(1, 40).mapToObj(NetworkGenerator::network).toList();
        assertThat(networks).allSatisfy(network -> assertThat(Reductions.of(network)).doesNotContain(network));
    }

    private static Network firstWith(String operator, int layers) {
        return LongStream.range(1, 2000).mapToObj(NetworkGenerator::network)
                .filter(n -> n.text().contains(operator) && n.layers() >= layers).findFirst().orElseThrow();
    }

    private static Network shrink(Network network, Function<String, Boolean> fails) {
        return new Shrinker(text -> fails.apply(text) ? FAILURE : Outcome.PASSED, 5000).shrink(network, FAILURE);
    }
}
