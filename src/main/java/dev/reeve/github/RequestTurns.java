package dev.reeve.github;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests may be under way at once, fairly between repositories: one that has many leaves a turn for others, and whoever has the fewest under way
 * is next. So a repository with a storm of work, or whose requests hang, keeps no other waiting for longer than a request takes.
 *
 * <p><b>Threading.</b> For any thread.
 */
final class RequestTurns {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final int each;
    private int free;

    /** @param atOnce how many at once, at least 2 */
    RequestTurns(int atOnce) {
        this.free = atOnce;
        this.each = atOnce - 1;
    }

    /** A condition is equal to itself only, and so is who waits for it. */
    private record Waiting(String whose, Condition granted) {}

    /** Waits for a turn. */
    void take(ApiRequest request) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var me = new Waiting(whose(request), lock.newCondition());
            waiting.add(me);
            grant();
            await(me);
        } finally {
            lock.unlock();
        }
    }

    /** Granted is who no longer waits; one that was granted and interrupted at once gives its turn back. */
    private void await(Waiting me) throws InterruptedException {
        try {
            while (waiting.contains(me)) {
                me.granted().await();
            }
        } catch (InterruptedException e) {
            if (!waiting.remove(me)) {
                giveBack(me.whose());
            }
            throw e;
        }
    }

    /** How many wait for a turn. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a turn back. */
    void giveBack(ApiRequest request) {
        lock.lock();
        try {
            giveBack(whose(request));
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(String whose) {
        free++;
        taken.computeIfPresent(whose, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        grant();
    }

    private void grant() {
        while (free > 0) {
            var next = waiting.stream()
                    .filter(one -> under(one) < each)
                    .min(Comparator.comparingInt(this::under));
            if (next.isEmpty()) {
                return;
            }
            waiting.remove(next.get());
            taken.merge(next.get().whose(), 1, Integer::sum);
            free--;
            next.get().granted().signal();
        }
    }

    private int under(Waiting one) {
        return taken.getOrDefault(one.whose(), 0);
    }

    /** The repository that a request is about; empty for one that is about none. */
    private static String whose(ApiRequest request) {
        var parts = request.path().split("/", 5);
        return parts.length > 3 && parts[1].equals("repos") ? parts[2] + "/" + parts[3].replaceFirst("\\?.*", "") : "";
    }
}
