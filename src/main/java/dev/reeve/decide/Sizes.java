package dev.reeve.decide;

import java.util.Locale;

/** Sizes as people say them. */
public final class Sizes {

    private Sizes() {}

    /** {@code 12 MB}, {@code 3 kB}; powers of a thousand. */
    public static String inWords(long bytes) {
        if (bytes < 1_000) {
            return bytes + " B";
        }
        if (bytes < 1_000_000) {
            return bytes / 1_000 + " kB";
        }
        return bytes < 1_000_000_000 ? bytes / 1_000_000 + " MB"
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1_000_000_000.0);
    }
}
