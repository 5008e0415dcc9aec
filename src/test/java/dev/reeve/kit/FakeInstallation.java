package dev.reeve.kit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The App on one account. Everything that Reeve needs is granted until a test takes it away. */
public final class FakeInstallation {

    private static final Map<String, Integer> LEVELS = Map.of("read", 1, "write", 2, "admin", 3);

    private final long id;
    private final Map<String, String> permissions = new ConcurrentHashMap<>(
            Map.of("metadata", "read", "pull_requests", "read", "checks", "write", "contents", "write", "statuses",
                    "read", "merge_queues", "read"));
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

    /** What GitHub sends about the installation itself: {@code created}, {@code suspend} … */
    public FakeDelivery event(String action, FakeRepository... repositories) {
        return FakePayloads.installation(this, "installation", action, Map.of("repositories", List.of(repositories)));
    }

    /** What GitHub sends when the installation covers repositories that it did not cover before. */
    public FakeDelivery added(FakeRepository... repositories) {
        return FakePayloads.installation(this, "installation_repositories", "added",
                Map.of("repositories_added", List.of(repositories), "repositories_removed", List.of()));
    }

    /** What GitHub sends when the installation covers repositories no longer. */
    public FakeDelivery removed(FakeRepository... repositories) {
        return FakePayloads.installation(this, "installation_repositories", "removed",
                Map.of("repositories_added", List.of(), "repositories_removed", List.of(repositories)));
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
