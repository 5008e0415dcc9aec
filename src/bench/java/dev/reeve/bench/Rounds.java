package dev.reeve.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, by its name. Rounds alternate between all that is compared, so that whatever else the machine does meets all. */
final class Rounds {

    private final Map<String, List<Long>> nanos = new LinkedHashMap<>();
    private final int warmUp;
    private final int counted;

    /** @param warmUp rounds that don't count, before those that do */
    Rounds(int warmUp, int counted) {
        this.warmUp = warmUp;
        this.counted = counted;
    }

    /** One round. */
    @FunctionalInterface
    interface Round {
        void run(Stopwatch watch) throws IOException;
    }

    /** Measures in one round. */
    @FunctionalInterface
    interface Stopwatch {
        void measure(String name, Work work) throws IOException;
    }

    /** Work that is measured; its result is only there so that it is not left out. */
    @FunctionalInterface
    interface Work {
        long run() throws IOException;
    }

    void run(Round round) throws IOException {
        for (int i = 0; i < warmUp; i++) {
            round.run((name, work) -> measured(name, work));
        }
        for (int i = 0; i < counted; i++) {
            round.run((name, work) -> nanos.computeIfAbsent(name, _ -> new ArrayList<>()).add(measured(name, work)));
        }
    }

    private static long measured(String name, Work work) throws IOException {
        long start = System.nanoTime();
        if (work.run() == 0) {
            throw new IllegalStateException(name + " found nothing");
        }
        return System.nanoTime() - start;
    }

    /** In ms. */
    double least(String name) {
        return sorted(name).getFirst() / 1e6;
    }

    /** In ms. */
    double median(String name) {
        var sorted = sorted(name);
        return sorted.get(sorted.size() / 2) / 1e6;
    }

    private List<Long> sorted(String name) {
        return nanos.getOrDefault(name, List.of()).stream().sorted().toList();
    }

    void print(String name) {
        System.out.printf("%-36s least %8.1f ms   median %8.1f ms%n", name, least(name), median(name));
    }

    /** One beside its floor. */
    void print(String floor, String name) {
        System.out.printf("%-36s least %8.1f ms   median %8.1f ms   %.2f and %.2f times%n", name, least(name),
                median(name), least(name) / least(floor), median(name) / median(floor));
    }
}
