package dev.reeve.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The candidate that is at most a third of the text's length away from it in single-character edits, the nearest first. */
    public static Optional<String> to(String text, Collection<String> candidates) {
        if (text.length() > 80) {
            return Optional.empty();
        }
        int tolerated = Math.max(1, text.length() / 3);
        return candidates.stream()
                .filter(c -> distance(text, c) <= tolerated)
                .min(Comparator.comparingInt((String c) -> distance(text, c)).thenComparing(c -> c));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
