package qcc.diagnostics;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": finds the known word that a mistyped one was most likely meant to be. */
public final class Suggestions {
    /** Longer words are not compared: the work is quadratic, and nobody mistypes a name of that length. */
    private static final int MAX_LENGTH = 100;

    private Suggestions() {
    }

    /**
     * The word among {@code known} that is closest to {@code word}, when at most a third of its letters are wrong.
     * Upper and lower case count as the same letter; of equally close words, the first in alphabetical order is taken.
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> !candidate.equals(word) && candidate.length() <= MAX_LENGTH)
                .map(candidate -> new Scored(candidate, distance(lower, candidate.toLowerCase(Locale.ROOT))))
                .filter(scored -> scored.distance <= Math.max(1, (word.length() + 1) / 3)
                        && scored.distance < scored.word.length())
                .min(Comparator.comparingInt(Scored::distance).thenComparing(Scored::word))
                .map(Scored::word);
    }

    private record Scored(String word, int distance) {
    }

    /** The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
