package qcc.driver;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether emulators that ran the same firmware counted the same instructions. */
public final class EmulatorComparison {
    private EmulatorComparison() {
    }

    /** For people to read; empty when fewer than two emulators counted. */
    public static String text(List<VerificationSummary> summaries) {
        return of(profiles(summaries));
    }

    /** Whether all that counted did so alike, layer by layer; absent when fewer than two did. */
    public static Optional<Boolean> same(List<VerificationSummary> summaries) {
        return sameCounts(profiles(summaries));
    }

    /** Likewise, of profiles. */
    public static Optional<Boolean> sameCounts(List<ProfileReport> profiles) {
        return profiles.size() < 2 ? Optional.empty()
                : Optional.of(profiles.stream().map(EmulatorComparison::counts).distinct().count() == 1);
    }

    private static List<ProfileReport> profiles(List<VerificationSummary> summaries) {
        return summaries.stream().map(summary -> summary.cost().profile()).flatMap(Optional::stream).toList();
    }

    /** Of every layer, then of the whole run. */
    private static List<Long> counts(ProfileReport profile) {
        return Stream.concat(profile.layers().stream().map(ProfileReport.Layer::instructions),
                Stream.of(profile.instructions())).toList();
    }

    /** For people to read, of profiles. */
    public static String of(List<ProfileReport> profiles) {
        StringBuilder out = new StringBuilder();
        for (ProfileReport other : profiles.subList(Math.min(1, profiles.size()), profiles.size())) {
            out.append(difference(profiles.get(0), other));
        }
        return out.toString();
    }

    private static String difference(ProfileReport first, ProfileReport other) {
        String names = first.project().emulator().name() + " and " + other.project().emulator().name();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < first.layers().size(); i++) {
            ProfileReport.Layer a = first.layers().get(i);
            ProfileReport.Layer b = other.layers().get(i);
            if (a.instructions() != b.instructions()) {
                out.append(String.format(Locale.ROOT, "%n  %s: %,d and %,d", a.step().name(), a.instructions(),
                        b.instructions()));
            }
        }
        if (first.instructions() != other.instructions()) {
            out.append(String.format(Locale.ROOT, "%n  the whole run: %,d and %,d", first.instructions(),
                    other.instructions()));
        }
        return String.format(Locale.ROOT, "instructions: %s count %s%n", names, out.isEmpty()
                ? String.format(Locale.ROOT, "the same, layer by layer (%,d in all)", first.instructions())
                : "differently" + out);
    }
}
