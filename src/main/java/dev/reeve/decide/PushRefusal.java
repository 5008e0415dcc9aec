package dev.reeve.decide;

import dev.reeve.model.PushRule;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A push that GitHub has refused for good: which rules it names, and what an operator does about it. GitHub's words are those of {@code GH006} (protected
 * branches) and {@code GH013} (rulesets); what isn't recognised is shown as it is.
 *
 * @param said what git and GitHub said, on one line and escaped
 */
public record PushRefusal(String said, Set<PushRule> rules) {

    private static final Map<PushRule, Pattern> WORDS = words();
    private static final Pattern NO_PERMISSION = Pattern
            .compile("(?i)returned error: 403|HTTP 403|permission to .* denied");
    private static final String BYPASS = "let the App bypass the branch's protection";

    /** Makes it immutable. */
    public PushRefusal {
        rules = rules.isEmpty() ? Set.of() : Set.copyOf(rules);
    }

    /** What was said, understood. */
    public static PushRefusal of(String said) {
        var rules = EnumSet.noneOf(PushRule.class);
        WORDS.forEach((rule, pattern) -> {
            if (pattern.matcher(said).find()) {
                rules.add(rule);
            }
        });
        return new PushRefusal(said, rules);
    }

    private static Map<PushRule, Pattern> words() {
        var words = new LinkedHashMap<PushRule, Pattern>();
        words.put(PushRule.PULL_REQUEST, Pattern
                .compile(
                        "(?i)must be made through a pull request|approving reviews? (is|are) required|code owner review"));
        words.put(PushRule.SIGNATURES, Pattern.compile("(?i)must have (verified|valid) signatures?"));
        words.put(PushRule.STATUS_CHECKS, Pattern.compile("(?i)required status checks?|required workflow"));
        words.put(PushRule.MERGE_QUEUE, Pattern.compile("(?i)through the merge queue"));
        words.put(PushRule.RESTRICTED,
                Pattern.compile("(?i)not authorized to push to this branch|cannot update this protected ref"));
        return words;
    }

    /** Whether commits that GitHub signs would be taken. */
    public boolean isForSignaturesOnly() {
        return rules.equals(Set.of(PushRule.SIGNATURES));
    }

    /** What happened and what to do, for people. */
    public String words(String branch) {
        return "GitHub refuses the push to " + branch + because() + ": " + remedy() + ". It said: " + said;
    }

    private String because() {
        return rules.isEmpty() ? ""
                : ", where " + rules.stream().sorted().map(PushRule::words).collect(Collectors.joining(" and "));
    }

    private String remedy() {
        if (NO_PERMISSION.matcher(said).find()) {
            return "give the App the permission contents: write";
        }
        if (rules.contains(PushRule.RESTRICTED) && rules.size() == 1) {
            return BYPASS + ", or put it on the list of those who may push";
        }
        return rules.isEmpty()
                ? BYPASS + ", or give it the permission contents: write"
                : BYPASS + ", or set reconcile.publish to pull-request in .reeve.yml";
    }
}
