package dev.reeve.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends signed {@code pull_request} deliveries of 20 kB over 32 connections and tells how long the answers took. At a fixed rate the time counts
 * from when a delivery was due, not from when it could be sent, so that a server which stalls is not let off. Then as many as it takes.
 */
public final class IntakeBench {

    static final String SECRET = "benchmark";

    private static final int CONNECTIONS = 32;
    private static final int BODY_BYTES = 20_000;
    private static final int BODIES = 64;

    private final int port;
    private final String path;
    private final List<byte[]> bodies = IntStream.range(0, BODIES).mapToObj(IntakeBench::body).toList();
    private final List<String> signatures = bodies.stream().map(IntakeBench::signature).toList();

    private IntakeBench(int port, String path) {
        this.port = port;
        this.path = path;
    }

    /** {@code LABEL PORT PATH RATE SECONDS}: a warm-up, the rate, and saturation; one line of figures. */
    public static void main(String[] args) throws InterruptedException {
        var bench = new IntakeBench(Integer.parseInt(args[1]), args[2]);
        int rate = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        bench.run(seconds, 0);
        var paced = bench.run(seconds, rate);
        var saturated = bench.run(seconds, 0);
        System.out.printf(
                "%-8s at %,d/s: p50 %.1f ms, p99 %.1f ms, max %.1f ms, refused %d; saturated: %,.0f/s, p99 %.1f ms, refused %d%n",
                args[0], rate, paced.millis(0.5), paced.millis(0.99), paced.millis(1), paced.refused(),
                saturated.perSecond(),
                saturated.millis(0.99), saturated.refused());
    }

    /** What came of a run. */
    private static final class Figures {

        private final long[] nanos;
        private final int refused;
        private final double seconds;

        /** Takes how long each answer took, sorted. */
        Figures(long[] nanos, int refused, double seconds) {
            this.nanos = nanos;
            this.refused = refused;
            this.seconds = seconds;
        }

        int refused() {
            return refused;
        }

        double millis(double quantile) {
            return nanos[(int) Math.min(nanos.length - 1L, Math.round(quantile * nanos.length))] / 1e6;
        }

        double perSecond() {
            return (nanos.length - refused) / seconds;
        }
    }

    /** Sends for so many seconds; a rate of 0 means as fast as the answers come. */
    private Figures run(int seconds, int rate) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        var next = new AtomicInteger();
        var refused = new AtomicInteger();
        var took = new long[CONNECTIONS][];
        var threads = IntStream.range(0, CONNECTIONS)
                .mapToObj(c -> Thread.ofPlatform()
                        .start(() -> took[c] = send(rate, start,
                                end, next, refused)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        var all = Arrays.stream(took).flatMapToLong(Arrays::stream).sorted().toArray();
        return new Figures(all, refused.get(), (System.nanoTime() - start) / 1e9);
    }

    private long[] send(int rate, long start, long end, AtomicInteger next, AtomicInteger refused) {
        var took = new long[1 << 16];
        int count = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (true) {
                int n = next.getAndIncrement();
                long due = rate == 0 ? System.nanoTime() : start + n * 1_000_000_000L / rate;
                if (due >= end) {
                    return Arrays.copyOf(took, count);
                }
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                socket.getOutputStream().write(request(n));
                if (answer(in) / 100 != 2) {
                    refused.incrementAndGet();
                }
                took = count < took.length ? took : Arrays.copyOf(took, 2 * count);
                took[count++] = System.nanoTime() - due;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] request(int n) {
        var body = bodies.get(n % BODIES);
        var head = ("POST " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-GitHub-Hook-ID: 1\r\n"
                + "X-GitHub-Event: pull_request\r\nX-GitHub-Delivery: " + new UUID(System.nanoTime(), n)
                + "\r\nX-Hub-Signature-256: "
                + signatures.get(n % BODIES) + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        var request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Reads one answer to its end; what it needs of HTTP and no more. */
    private static int answer(DataInputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:") ? Integer.parseInt(lower.substring(15).strip()) : length;
            chunked |= lower.startsWith("transfer-encoding:");
        }
        in.skipNBytes(length);
        for (int size = chunked ? 1 : 0; size > 0;) {
            size = Integer.parseInt(line(in), 16);
            in.skipNBytes(size + 2L);
        }
        return status;
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server hung up");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static byte[] body(int number) {
        var words = new StringBuilder();
        var random = new Random(number);
        while (words.length() < BODY_BYTES - 400) {
            words.append("{\"key\":\"")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\",\"n\":")
                    .append(random.nextInt(1_000_000))
                    .append(",\"url\":\"https:\\/\\/api.example.com\\/repos\\/x\"},");
        }
        return ("{\"action\":\"synchronize\",\"number\":" + (number + 1) + ",\"pull_request\":{\"number\":"
                + (number + 1) + ",\"list\":["
                + words
                + "{}]},\"repository\":{\"id\":1,\"full_name\":\"acme/shop\",\"default_branch\":\"main\"},\"installation\":{\"id\":5}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String signature(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
