package dev.reeve.decide;

import dev.reeve.model.PushRule;
import dev.reeve.model.Text;

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
    private static final String BEGINNING = "GitHub refuses the push to ";
    private static final Pattern IN_THE_WAY = Pattern.compile("'refs/heads/([^']+)' exists; cannot create '"
            + "|directory[ /]file conflict|refname conflict");

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
        words.put(PushRule.CREATION, Pattern.compile("(?i)cannot create (ref|this)|creations? (being|are) restricted"));
        words.put(PushRule.DELETION,
                Pattern.compile("(?i)cannot delete (this|a protected)|deletions? (being|are) restricted"));
        words.put(PushRule.FORCE, Pattern.compile("(?i)cannot force.push|force.pushing .*not allowed"));
        return words;
    }

    /** Whether commits that GitHub signs would be taken. */
    public boolean isForSignaturesOnly() {
        return rules.equals(Set.of(PushRule.SIGNATURES));
    }

    /** What happened and what to do, for people. */
    public String words(String branch) {
        return BEGINNING + branch + because() + ": " + remedy() + ". It said: " + said;
    }

    /** The same for a branch of our own, of which the team asks for nothing: that it is made, made anew or deleted. */
    public String wordsOfOwn(String branch) {
        var taken = IN_THE_WAY.matcher(said);
        if (taken.find()) {
            var other = taken.group(1) == null ? branch.substring(0, branch.indexOf('/')) : taken.group(1);
            return BEGINNING + branch + ", which can't be there beside the branch " + Text.plain(other, 100)
                    + ": rename or delete that one. It said: " + said;
        }
        var remedy = NO_PERMISSION.matcher(said).find() ? "give the App the permission contents: write"
                : "take branches of this name out of the rule, or let the App bypass it";
        return BEGINNING + branch + because() + ": " + remedy + ". It said: " + said;
    }

    /** Whether these words, of work that was given up, tell of a refused push. */
    public static boolean isIn(String words) {
        return words.contains(BEGINNING);
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
