package qcc.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import qcc.target.Installation;

/**
 * Random networks, the same in every run. {@code -Dqcc.fuzz.host=N}, {@code -Dqcc.fuzz.cortex-m4=N} change how many;
 * {@code tests/fuzz} runs others.
 */
class FuzzTest {

    @ParameterizedTest
    @CsvSource({"host, 300", "cortex-m4, 40", "gap8, 12"})
    void firmwareAgreesWithInterpreter(String target, int usual) {
        Requirements.assumeToolsOf(target);
        int count = Integer.getInteger("qcc.fuzz." + target, usual);
        Installation installation = Installation.find();
        Oracle oracle = Oracle.of(target, installation);

        Campaign.Report report = new Campaign(oracle, Runtime.getRuntime().availableProcessors(),
                (seed, outcome) -> { }).run(1, count);

        Path folder = installation.home().resolve("tests/target/fuzz");
        FailureReport reports = new FailureReport(oracle, target, folder);
        assertThat(report.failures()).as(() -> report.failures().stream().limit(3).map(reports::describe)
                .collect(Collectors.joining("\n\n"))).isEmpty();
        assertThat(report.passed()).isEqualTo(count);
        assertThat(report.refused()).as("networks that the compiler declines").isLessThanOrEqualTo(count / 10);
    }
}
