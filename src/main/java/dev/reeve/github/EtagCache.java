package dev.reeve.github;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Answers that GitHub gave before, by address, so that it can be asked whether anything changed since: an unchanged
 * answer costs no rate limit. Holds the last used ones, at most so many bytes together. They are kept compressed: a list
 * of a hundred pull requests is two megabytes, nearly all of which it says a hundred times.
 *
 * <p>It is never believed without asking, so it can't show to one token what only another may see.
 *
 * <p><b>Threading</b>: any thread.
 */
final class EtagCache {

    private final long capacity;
    private final LinkedHashMap<Key, Kept> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    /**
     * Where an answer was given.
     *
     * @param asker whom it was given to, at an address where each gets another; empty elsewhere
     */
    record Key(URI address, String asker) {}

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

    @Nullable
    Entry get(Key address) {
        var kept = find(address);
        return kept == null ? null : kept.entry();
    }

    private synchronized @Nullable Kept find(Key address) {
        return entries.get(address);
    }

    /** Keeps an answer, unless it alone would push out an eighth of the others. */
    void put(Key address, Entry entry) {
        keep(address, new Kept(entry));
    }

    private synchronized void keep(Key address, Kept kept) {
        remove(address);
        if (kept.size() > capacity / 8) {
            return;
        }
        entries.put(address, kept);
        size += kept.size();
        while (size > capacity) {
            remove(entries.firstEntry().getKey());
        }
    }

    private void remove(Key address) {
        var old = entries.remove(address);
        size -= old == null ? 0 : old.size();
    }

    synchronized long size() {
        return size;
    }

    /** An answer as it is kept. */
    private static final class Kept {

        private final String etag;
        private final Optional<String> link;
        private final byte[] compressed;

        Kept(Entry entry) {
            this.etag = entry.etag;
            this.link = entry.link;
            this.compressed = deflate(entry.body);
        }

        Entry entry() {
            return new Entry(etag, link, inflate(compressed));
        }

        int size() {
            return compressed.length;
        }

        private static byte[] deflate(String body) {
            var bytes = new ByteArrayOutputStream();
            var deflater = new Deflater(Deflater.BEST_SPEED);
            try (var out = new DeflaterOutputStream(bytes, deflater)) {
                out.write(body.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory", e);
            } finally {
                deflater.end();
            }
            return bytes.toByteArray();
        }

        private static String inflate(byte[] compressed) {
            try (var in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("reading what was written to memory", e);
            }
        }
    }
}
