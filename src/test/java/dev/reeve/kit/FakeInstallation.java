package dev.reeve.kit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The App on one account. Everything that Reeve needs is granted until a test takes it away. */
public final class FakeInstallation {

    private static final Map<String, Integer> LEVELS = Map.of("read", 1, "write", 2, "admin", 3);

    private final long id;
    private final Map<String, String> permissions = new ConcurrentHashMap<>(
            Map.of("metadata", "read", "pull_requests", "read", "checks", "write", "contents", "write"));
    private volatile @Nullable Instant suspendedAt;
    private int remaining = 5000;
    private Instant reset = Instant.MIN;

    FakeInstallation(long id) {
        this.id = id;
    }

    public long id() {
        return id;
    }

    public FakeInstallation grant(String permission, String level) {
        permissions.put(permission, level);
        return this;
    }

    public FakeInstallation revoke(String permission) {
        permissions.remove(permission);
        return this;
    }

    public void suspend(Instant when) {
        suspendedAt = when;
    }

    public void resume() {
        suspendedAt = null;
    }

    /** So many requests are left before the limit; it starts anew at the given time. */
    public synchronized void limit(int left, Instant until) {
        remaining = left;
        reset = until;
    }

    /** Counts a request; false when none is left. */
    synchronized boolean charge(Instant now) {
        if (!now.isBefore(reset)) {
            limit(5000, now.plusSeconds(3600));
        }
        remaining--;
        return remaining >= 0;
    }

    synchronized FakeAnswer withLimits(FakeAnswer answer) {
        return answer.with("X-RateLimit-Limit", "5000")
                .with("X-RateLimit-Remaining", Integer.toString(Math.max(0, remaining)))
                .with("X-RateLimit-Reset", Long.toString(reset.getEpochSecond()))
                .with("X-RateLimit-Resource", "core");
    }

    /** A request that was answered with 304 is not counted. */
    synchronized void refund() {
        remaining++;
    }

    Map<String, String> permissions() {
        return permissions;
    }

    Optional<Instant> suspendedAt() {
        return Optional.ofNullable(suspendedAt);
    }

    static boolean holds(Map<String, String> permissions, String name, String level) {
        return LEVELS.getOrDefault(permissions.getOrDefault(name, ""), 0) >= LEVELS.getOrDefault(level, 99);
    }
}
