package dev.reeve.github;

import dev.reeve.model.PushRule;

import java.util.Set;

/**
 * What rulesets ask of pushes to a branch.
 *
 * @param others the types, as GitHub calls them, of rules that Reeve doesn't know and that may keep a push out
 */
public record PushRules(Set<PushRule> known, Set<String> others) {

    /** Makes it immutable. */
    public PushRules {
        known = Set.copyOf(known);
        others = Set.copyOf(others);
    }
}
