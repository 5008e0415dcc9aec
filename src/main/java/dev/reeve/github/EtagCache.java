package dev.reeve.github;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Answers that GitHub gave before, by address, so that it can be asked whether anything changed since: an unchanged
 * answer costs no rate limit. GitHub's tags are good for the token that they were given to only, so the first answer to a new
 * token costs, and takes the place of the one before. Answers are kept compressed: a list of a hundred pull requests is two megabytes, nearly all of which
 * it says a hundred times.
 *
 * <p>They take at most so many bytes together. What has to go first is what was asked for once, as an entry of a log is; then what is asked for again and
 * again. Among these it is any one, and not the one that was used longest ago: sweeps ask in a circle, so that would always be the one that is asked for next,
 * and where there is room for all repositories but one, nothing would ever be found.
 *
 * <p>It is never believed without asking, so it can't show to one token what only another may see.
 *
 * <p><b>Threading</b>: any thread.
 */
final class EtagCache {

    private final long capacity;
    private final Map<Key, Kept> entries = new HashMap<>();
    private final Pool once = new Pool();
    private final Pool again = new Pool();
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
        var kept = entries.get(address);
        if (kept != null && kept.pool == once) {
            once.remove(kept);
            again.add(kept);
        }
        return kept;
    }

    /** Keeps an answer, unless it alone would push out an eighth of the others. */
    void put(Key address, Entry entry) {
        keep(new Kept(address, entry, once));
    }

    private synchronized void keep(Kept kept) {
        var before = entries.get(kept.key);
        var pool = before == null ? once : before.pool;
        if (before != null) {
            remove(before);
        }
        if (kept.size() > capacity / 8) {
            return;
        }
        while (size + kept.size() > capacity) {
            remove((once.isEmpty() ? again : once).any());
        }
        entries.put(kept.key, kept);
        pool.add(kept);
        size += kept.size();
    }

    private void remove(Kept kept) {
        entries.remove(kept.key);
        kept.pool.remove(kept);
        size -= kept.size();
    }

    synchronized long size() {
        return size;
    }

    /** Answers of which any may be had at once. */
    private static final class Pool {

        private final List<Kept> all = new ArrayList<>();
        private int turn;

        boolean isEmpty() {
            return all.isEmpty();
        }

        void add(Kept kept) {
            kept.pool = this;
            kept.place = all.size();
            all.add(kept);
        }

        void remove(Kept kept) {
            var last = all.removeLast();
            if (kept.place < all.size()) {
                all.set(kept.place, last);
                last.place = kept.place;
            }
        }

        /** Which one doesn't matter, as long as it follows no order that sweeps have. */
        Kept any() {
            turn = turn * 1_664_525 + 1_013_904_223;
            return all.get(Math.floorMod(turn >>> 8, all.size()));
        }
    }

    /** An answer as it is kept. */
    private static final class Kept {

        /** About what an entry takes beside the answer: its address, its tag, its places. */
        private static final int BESIDES = 500;

        private final Key key;
        private Pool pool;
        private int place;
        private final String etag;
        private final Optional<String> link;
        private final byte[] compressed;

        Kept(Key key, Entry entry, Pool pool) {
            this.key = key;
            this.pool = pool;
            this.etag = entry.etag;
            this.link = entry.link;
            this.compressed = deflate(entry.body);
        }

        Entry entry() {
            return new Entry(etag, link, inflate(compressed));
        }

        int size() {
            return compressed.length + BESIDES;
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
