package dev.reeve.github;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Answers that GitHub gave before, by address, so that it can be asked whether anything changed since: an unchanged
 * answer costs no rate limit. Holds the last used ones, at most so many characters together.
 *
 * <p>It is never believed without asking, so it can't show to one token what only another may see.
 *
 * <p><b>Threading</b>: any thread.
 */
final class EtagCache {

    private final long capacity;
    private final LinkedHashMap<URI, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    /**
     * An answer.
     *
     * @param etag what GitHub knows it by
     * @param link where the next page is, which need not be said again of an unchanged one
     */
    record Entry(String etag, Optional<String> link, String body) {}

    EtagCache(long capacity) {
        this.capacity = capacity;
    }

    synchronized @Nullable Entry get(URI address) {
        return entries.get(address);
    }

    /** Keeps an answer, unless it alone would push out an eighth of the others. */
    synchronized void put(URI address, Entry entry) {
        remove(address);
        if (entry.body.length() > capacity / 8) {
            return;
        }
        entries.put(address, entry);
        size += entry.body.length();
        while (size > capacity) {
            remove(entries.firstEntry().getKey());
        }
    }

    private void remove(URI address) {
        var old = entries.remove(address);
        size -= old == null ? 0 : old.body.length();
    }

    synchronized long size() {
        return size;
    }
}
