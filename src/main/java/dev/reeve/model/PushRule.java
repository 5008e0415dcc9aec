package dev.reeve.model;

import java.util.Arrays;
import java.util.Optional;

/** A rule of a branch that may keep a push out. */
public enum PushRule {
    /** Changes come by pull request only. */
    PULL_REQUEST(Concerns.EVERY_PUSH, "pull_request", "changes must be made through a pull request"),
    /** Commits must be signed and verified. */
    SIGNATURES(Concerns.EVERY_PUSH, "required_signatures", "commits must have verified signatures"),
    /** Checks must have passed before a commit is there. */
    STATUS_CHECKS(Concerns.EVERY_PUSH, "required_status_checks", "status checks must have passed"),
    /** Changes go through the merge queue. */
    MERGE_QUEUE(Concerns.EVERY_PUSH, "merge_queue", "changes must go through the merge queue"),
    /** Only some may change it. */
    RESTRICTED(Concerns.EVERY_PUSH, "update", "only those on a list may push"),
    /** It has to be deployed somewhere first. */
    DEPLOYMENTS(Concerns.EVERY_PUSH, "required_deployments", "deployments must have succeeded"),
    /** Workflows of the organisation must have passed. */
    WORKFLOWS(Concerns.EVERY_PUSH, "workflows", "workflows must have passed"),
    /** Only some may make branches of such a name. */
    CREATION(Concerns.MAKING_AND_DELETING, "creation", "only those on a list may make such branches"),
    /** Only some may delete it. */
    DELETION(Concerns.MAKING_AND_DELETING, "deletion", "only those on a list may delete it"),
    /** It may only go forward. */
    FORCE(Concerns.MAKING_AND_DELETING, "non_fast_forward", "it can't be force-pushed"),
    /** It has to be called so and so. */
    NAME(Concerns.MAKING_AND_DELETING, "branch_name_pattern", "its name must follow a pattern");

    /** What a rule may keep out. */
    public enum Concerns {
        /** Commits that are added to a branch. */
        EVERY_PUSH,
        /** Only that a branch is made, made anew or deleted. */
        MAKING_AND_DELETING
    }

    private final Concerns concerns;
    private final String id;
    private final String words;

    PushRule(Concerns concerns, String id, String words) {
        this.concerns = concerns;
        this.id = id;
        this.words = words;
    }

    /** The rule whose type GitHub's API calls so; nothing for one that isn't known. */
    public static Optional<PushRule> parse(String type) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(type)).findFirst();
    }

    /** What it may keep out. */
    public Concerns concerns() {
        return concerns;
    }

    /** What it asks for, for people. */
    public String words() {
        return words;
    }
}
