package qcc.driver;

import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param project      what was verified
 * @param environment  where it ran, and what built it
 * @param samples      number of inputs
 * @param differing    for each layer, on how many inputs it differs from the reference
 * @param mismatch     the first difference
 * @param buildSeconds time to build the firmware
 * @param runSeconds   time that the emulator took
 */
public record VerificationReport(Project project, Environment environment, int samples, List<Integer> differing,
        Optional<Mismatch> mismatch, double buildSeconds, double runSeconds) {
    public VerificationReport {
        differing = List.copyOf(differing);
    }

    public boolean bitExact() {
        return mismatch.isEmpty();
    }
}
