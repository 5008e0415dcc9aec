package dev.reeve.store;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A process of its own that updates one register as fast as it can. Each update adds an entry and raises the
 * {@code attempts} of the shared entry {@code counter}; when it is acknowledged, its slug goes to standard output.
 */
final class RegisterHammer {

    static final OwnerKey OWNER = new OwnerKey("dave");
    static final Slug COUNTER = new Slug("counter");

    private RegisterHammer() {}

    /** Arguments: checkout, prefix of the slugs, threads, updates of each thread. */
    public static void main(String[] args) throws Exception {
        var registers = new Registers(new StateFolder(Path.of(args[0]), InstantSource.fixed(Instant.EPOCH)));
        int updates = Integer.parseInt(args[3]);
        var threads = IntStream.range(0, Integer.parseInt(args[2]))
                .mapToObj(t -> Thread.ofPlatform().start(() -> hammer(registers, args[1] + "-" + t, updates)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void hammer(Registers registers, String prefix, int updates) {
        for (int i = 0; i < updates; i++) {
            var slug = new Slug(prefix + "-" + i);
            try {
                update(registers, slug);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            // One write for the whole line: the reader must never see half an acknowledgement.
            System.out.write((slug + "\n").getBytes(StandardCharsets.US_ASCII), 0,
                    slug.value().length() + 1);
            System.out.flush();
        }
    }

    private static void update(Registers registers, Slug slug) throws IOException {
        registers.update(OWNER, entries -> {
            var changed = new LinkedHashMap<>(entries);
            var counter = entries.get(COUNTER);
            changed.put(COUNTER, entry(COUNTER, counter == null ? 1 : counter.attempts() + 1));
            changed.put(slug, entry(slug, 0));
            return changed;
        });
    }

    private static RegisterEntry entry(Slug slug, int attempts) {
        return new RegisterEntry(slug, "tasks/" + slug + ".md", null, null, Instant.EPOCH, null, null, attempts, null,
                null);
    }

    static Process start(Path checkout, String prefix, int threads, int updates) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp",
                System.getProperty("java.class.path"), RegisterHammer.class.getName(), checkout.toString(), prefix,
                Integer.toString(threads), Integer.toString(updates))).redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
