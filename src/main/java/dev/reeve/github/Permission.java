package dev.reeve.github;

import org.kohsuke.github.GHPermissionType;

import java.util.Locale;
import java.util.Map;

import static org.kohsuke.github.GHPermissionType.NONE;
import static org.kohsuke.github.GHPermissionType.READ;
import static org.kohsuke.github.GHPermissionType.WRITE;

/** What somebody who asks has to be allowed, least first. */
enum Permission {
    METADATA_READ("metadata", READ),
    PULL_REQUESTS_READ("pull_requests", READ),
    PULL_REQUESTS_WRITE("pull_requests", WRITE),
    STATUSES_READ("statuses", READ),
    CHECKS_READ("checks", READ),
    CHECKS_WRITE("checks", WRITE),
    CONTENTS_WRITE("contents", WRITE);

    private final String subject;
    private final GHPermissionType level;

    Permission(String subject, GHPermissionType level) {
        this.subject = subject;
        this.level = level;
    }

    /** As GitHub names it in JSON, {@code pull_requests}. */
    String subject() {
        return subject;
    }

    GHPermissionType level() {
        return level;
    }

    /** Whether permissions as an installation states them include this one. */
    boolean isIn(Map<String, GHPermissionType> granted) {
        return switch (granted.getOrDefault(subject, NONE)) {
            case ADMIN, WRITE -> true;
            case READ -> level == READ;
            case NONE, UNKNOWN -> false;
        };
    }

    /** {@code checks:write}. */
    @Override
    public String toString() {
        return subject + ":" + level.name().toLowerCase(Locale.ROOT);
    }
}
