package dev.reeve.kit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tokens that GitHub has handed out. */
final class FakeTokens {

    private final InstantSource clock;
    private final List<FakeToken> issued = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> personal = new ConcurrentHashMap<>();
    private volatile Duration life = Duration.ofHours(1);

    FakeTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** A token as long as they are since 2026, with dots in it. */
    FakeToken issue(FakeInstallation installation, List<String> repositories, Map<String, String> permissions) {
        var value = "ghs_" + issued.size() + "_" + "a1B2".repeat(50) + "." + "c3D4".repeat(50) + "."
                + "e5F6".repeat(27);
        var token = new FakeToken(value, installation, List.copyOf(repositories), Map.copyOf(permissions),
                clock.instant().plus(life));
        issued.add(token);
        return token;
    }

    Optional<FakeToken> live(String value) {
        return issued.stream()
                .filter(token -> token.value().equals(value) && clock.instant().isBefore(token.expiresAt()))
                .findFirst();
    }

    List<FakeToken> issued() {
        return issued;
    }

    void life(Duration of) {
        life = of;
    }

    void revokeAll() {
        issued.replaceAll(token -> token.endingAt(Instant.EPOCH));
    }

    /** @param withheld names of permissions that it hasn't got */
    void addPersonal(String token, Set<String> withheld) {
        personal.put(token, withheld);
    }

    void revokePersonal(String token) {
        personal.remove(token);
    }

    /** The permissions that a person's token hasn't got; nothing when it is no such token. */
    Optional<Set<String>> withheld(String token) {
        return Optional.ofNullable(personal.get(token));
    }
}
