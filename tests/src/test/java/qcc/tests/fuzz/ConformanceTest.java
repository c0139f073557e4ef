package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import qcc.ops.Example;
import qcc.ops.Operator;
import qcc.ops.Operators;
import qcc.target.Installation;

/** The examples that every operator gives of itself. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class ConformanceTest {
    private static final List<String> SCALES = List.of("power_of_two", "dyadic");
    /** On the emulated core: every third example, of changing scales. */
    private static final int SAMPLING = 3;

    private static Stream<Arguments> examples() {
        return Operators.all().stream().flatMap(operator -> operator.examples().stream().flatMap(example ->
                SCALES.stream().map(scales -> Arguments.of(operator, example, scales))));
    }

    private static Stream<Arguments> sample() {
        List<Arguments> all = examples().toList();
        return Stream.iterate(0, i -> i < all.size(), i -> i + SAMPLING).map(all::get);
    }

    @ParameterizedTest(name = "{0}, {2}: {1}")
    @MethodSource("examples")
    void host(Operator<?> operator, Example example, String scales) {
        Requirements.assumeToolsOf("host");
        assertPasses(example.model(scales), "host");
    }

    @ParameterizedTest(name = "{0}, {2}: {1}")
    @MethodSource("sample")
    void cortexM4(Operator<?> operator, Example example, String scales) {
        Requirements.assumeToolsOf("cortex-m4");
        assertPasses(example.model(scales), "cortex-m4");
    }

    private static void assertPasses(String model, String target) {
        assertThat(Oracle.of(target, Installation.find()).judge(model)).as(model).isEqualTo(Outcome.PASSED);
    }
}
