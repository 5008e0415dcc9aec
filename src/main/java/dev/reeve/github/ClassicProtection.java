package dev.reeve.github;

import java.util.List;

/**
 * A branch is protected by a rule that is no ruleset. What else it asks for is shown to administrators only.
 *
 * @param checks those that must have passed
 */
public record ClassicProtection(List<String> checks) {

    /** Makes it immutable. */
    public ClassicProtection {
        checks = List.copyOf(checks);
    }
}
