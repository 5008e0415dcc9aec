package dev.reeve.github;

import java.util.Map;

/** What the App has to be allowed, least first. An installation's token is asked for with these and nothing more. */
enum Permission {
    METADATA_READ("metadata", "read"),
    PULL_REQUESTS_READ("pull_requests", "read"),
    CHECKS_WRITE("checks", "write"),
    CONTENTS_WRITE("contents", "write");

    private final String subject;
    private final String level;

    Permission(String subject, String level) {
        this.subject = subject;
        this.level = level;
    }

    /** As GitHub names it in JSON, {@code pull_requests}. */
    String subject() {
        return subject;
    }

    /** {@code read} or {@code write}. */
    String level() {
        return level;
    }

    /** Whether permissions as an installation states them include this one. */
    boolean isIn(Map<String, String> granted) {
        return switch (granted.getOrDefault(subject, "")) {
            case "admin", "write" -> true;
            case "read" -> level.equals("read");
            default -> false;
        };
    }

    /** {@code checks:write}. */
    @Override
    public String toString() {
        return subject + ":" + level;
    }
}
