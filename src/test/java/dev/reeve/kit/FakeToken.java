package dev.reeve.kit;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A token of an installation.
 *
 * @param repositories the names of those that it is good for; none means all of the installation's
 */
public record FakeToken(String value, FakeInstallation installation, List<String> repositories,
        Map<String, String> permissions, Instant expiresAt) {

    FakeToken endingAt(Instant end) {
        return new FakeToken(value, installation, repositories, permissions, end);
    }

    /** Whether it may do something now: it was asked for, and is still granted to the installation. */
    boolean may(String permission, String level) {
        return FakeInstallation.holds(permissions, permission, level)
                && FakeInstallation.holds(installation.permissions(), permission, level);
    }

    boolean reaches(String repository) {
        return repositories.isEmpty() || repositories.stream().anyMatch(repository::equalsIgnoreCase);
    }
}
