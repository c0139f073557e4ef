package qcc.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import qcc.driver.CycleEstimate;
import qcc.driver.ProfileReport;
import qcc.driver.Profiler;

/** Estimates of cycles count what was executed, and are given only where there is a model of the core. */
class CycleEstimateTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ProfileReport profile(String target) {
        Workshop.require("arm-none-eabi-gcc", "make", "qemu-system-arm");
        return new Profiler(Workshop.project(Workshop.digits(), target), LIMIT).runWithCycles();
    }

    @Test
    void everyInstructionHasAPrice() {
        ProfileReport report = profile("cortex-m4");
        CycleEstimate cycles = report.cycles().orElseThrow();
        // The counter also sees how the function is called.
        assertThat(cycles.instructions()).isCloseTo(report.instructions(), within(8L));
        assertThat(cycles.whole()).isBetween(report.instructions() * 11 / 10, report.instructions() * 2);
        assertThat(cycles.layers()).hasSameSizeAs(report.layers());
        for (int i = 0; i < report.layers().size(); i++) {
            assertThat(cycles.layers().get(i)).as(report.layers().get(i).step().name())
                    .isBetween(report.layers().get(i).instructions(), report.layers().get(i).instructions() * 5 / 2);
        }
        long sum = cycles.layers().stream().mapToLong(Long::longValue).sum();
        assertThat(sum).isCloseTo(cycles.whole(), within(cycles.whole() / 20));
    }

    @Test
    void noModelNoEstimate() {
        assertThat(profile("cortex-m7").cycles()).isEmpty();
    }
}
