package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import qcc.ops.Operators;
import qcc.tensor.Shape;

/** What the 300 networks of the CI cover. */
class NetworkGeneratorTest {
    private static final List<Network> NETWORKS = LongStream.rangeClosed(1, 300)
            .mapToObj(NetworkGenerator::network).toList();
    private static final String ALL = NETWORKS.stream().map(Network::text).collect(Collectors.joining());

    @Test
    void sameSeedGivesSameNetwork() {
        assertThat(NetworkGenerator.network(42).text()).isEqualTo(NetworkGenerator.network(42).text());
        assertThat(NETWORKS.stream().map(n -> n.text().replaceAll("random\\([^)]*\\)", "")).distinct()).hasSize(300);
    }

    @Test
    void everyOperatorIsUsed() {
        Map<String, Integer> uses = new TreeMap<>();
        NETWORKS.forEach(network -> network.bindings().forEach(binding -> binding.stages().forEach(stage ->
                uses.merge(stage.operator(), 1, Integer::sum))));
        assertThat(uses.keySet()).containsExactlyElementsOf(Operators.names().stream().sorted().toList());
        assertThat(uses.values()).allMatch(count -> count >= 10);
    }

    @Test
    void channelCountsReachFrom1To65() {
        Set<Integer> channels = NETWORKS.stream().flatMap(network -> network.shapes().values().stream())
                .map(Shape::last).collect(Collectors.toCollection(TreeSet::new));
        assertThat(channels).contains(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 65);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scales dyadic", "scales power_of_two", "scales shift", "per channel", "per tensor", "symmetric",
        "rounding floor", "using mse", "using min_max", "using percentile",
        "using kl", "using cross_entropy", "full", "restricted", "methods none", "equalise", "correct_bias", "weights int2",
        "weights int3", "weights int4", "weights int5", "weights int6", "weights int7", "weights int8", "bits = ", "scales = dyadic",
        "stride = 2", "stride = [", "padding = same", "padding = valid", "padding = [", "dilation = 2",
        "groups = 2", "multiplier = 3", "bias = false", "block ", " * 2", "shape = [", "-1]"})
    void textsContain(String words) {
        assertThat(ALL).contains(words);
    }

    @Test
    void rangesAreOfEveryKind() {
        List<double[]> ranges = new ArrayList<>();
        NETWORKS.forEach(network -> network.inputs().forEach(input -> input.range().ifPresent(range ->
                ranges.add(new double[] {range.low(), range.high()}))));
        assertThat(ranges).anyMatch(r -> r[0] == -r[1]).anyMatch(r -> r[0] == 0).anyMatch(r -> r[1] == 0)
                .anyMatch(r -> r[0] > 0).anyMatch(r -> r[1] < 1e-3 && r[1] > 0).anyMatch(r -> r[1] > 1e3);
    }

    @Test
    void someNetworksHaveSkipConnectionsAndSeveralInputsAndOutputs() {
        assertThat(NETWORKS).filteredOn(network -> network.inputs().size() > 1).hasSizeGreaterThan(20);
        assertThat(NETWORKS).filteredOn(network -> network.outputs().size() > 1).hasSizeGreaterThan(60);
        assertThat(NETWORKS).filteredOn(network -> network.layers() >= 9).hasSizeGreaterThan(20);
        assertThat(NETWORKS).filteredOn(NetworkGeneratorTest::hasSkipConnection).hasSizeGreaterThan(30);
    }

    /** A join of a tensor with another one that was computed from it. */
    private static boolean hasSkipConnection(Network network) {
        Map<String, Set<String>> ancestors = new TreeMap<>();
        for (Binding binding : network.bindings()) {
            Set<String> all = new TreeSet<>(binding.operands());
            binding.operands().forEach(operand -> all.addAll(ancestors.getOrDefault(operand, Set.of())));
            ancestors.put(binding.name(), all);
            for (String operand : binding.operands()) {
                if (ancestors.getOrDefault(operand, Set.of()).stream().anyMatch(binding.operands()::contains)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void textsDefineWhatTheyUse() {
        Matcher labels = Pattern.compile(" as (l[0-9]+)").matcher(NETWORKS.get(0).text());
        List<String> names = labels.results().map(result -> result.group(1)).toList();
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }
}
