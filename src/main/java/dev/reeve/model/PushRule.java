package dev.reeve.model;

import java.util.Arrays;
import java.util.Optional;

/** A rule of a branch that may keep a push out. */
public enum PushRule {
    /** Changes come by pull request only. */
    PULL_REQUEST("pull_request", "changes must be made through a pull request"),
    /** Commits must be signed and verified. */
    SIGNATURES("required_signatures", "commits must have verified signatures"),
    /** Checks must have passed before a commit is there. */
    STATUS_CHECKS("required_status_checks", "status checks must have passed"),
    /** Changes go through the merge queue. */
    MERGE_QUEUE("merge_queue", "changes must go through the merge queue"),
    /** Only some may change it. */
    RESTRICTED("update", "only those on a list may push");

    private final String id;
    private final String words;

    PushRule(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** The rule whose type GitHub's API calls so; nothing for one that keeps no ordinary push out. */
    public static Optional<PushRule> parse(String type) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(type)).findFirst();
    }

    /** What it asks for, for people. */
    public String words() {
        return words;
    }
}
