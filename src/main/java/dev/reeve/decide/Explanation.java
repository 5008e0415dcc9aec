package dev.reeve.decide;

import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Why a task is where it is. Values for whoever prints them; they hold what others wrote, so they are escaped where they are printed.
 *
 * @param intent what its file says
 * @param run what register, dispatch files and worktree say
 * @param pullRequest what GitHub says
 * @param rules all of them in their order, up to the one that decided and beyond
 * @param dispatch whether a worker may be started for it; if not, the first reason
 * @param advice its signals, the leading one first
 */
public record Explanation(Slug slug, List<Fact> intent, List<Fact> run, List<Fact> pullRequest, List<Rule> rules,
        Dispatchability dispatch, List<Advice> advice) {

    public Explanation {
        intent = List.copyOf(intent);
        run = List.copyOf(run);
        pullRequest = List.copyOf(pullRequest);
        rules = List.copyOf(rules);
        advice = List.copyOf(advice);
    }

    /** Something that is known, by its name. */
    public record Fact(String name, String value) {}

    /**
     * A rule for a bucket.
     *
     * @param words the rule itself
     * @param reason why it holds; null when it doesn't, or isn't asked
     */
    public record Rule(Bucket bucket, String words, Verdict verdict, @Nullable String reason) {}

    /** What became of a rule. */
    public enum Verdict {
        DOES_NOT_HOLD,
        /** It is the first that holds. */
        DECIDES,
        /** An earlier one has decided. */
        NOT_ASKED
    }

    /**
     * A signal and what an operator can do about it.
     *
     * @param remedy the same words as everywhere
     */
    public record Advice(Signal signal, String remedy) {}

    /** The explanation of a judgement, from what it was judged by. */
    public static Explanation of(Judgement judgement, QueueState queue, HeartbeatPolicy policy) {
        var facts = judgement.facts();
        var given = new Case(facts, Whose.of(facts, policy), judgement.signals(), queue, policy);
        return new Explanation(facts.slug(), IntentFacts.of(facts, policy), RunFacts.of(facts, policy),
                PullRequestFacts.of(facts, policy), rules(given, judgement.dispatch()), judgement.dispatch(),
                judgement.signals().stream().map(signal -> new Advice(signal, Remedies.of(signal, facts))).toList());
    }

    private static List<Rule> rules(Case given, Dispatchability dispatch) {
        var rules = new ArrayList<Rule>();
        boolean decided = false;
        for (var rule : BucketRule.values()) {
            var reason = decided ? null : rule.holds(given, dispatch).orElse(null);
            rules.add(new Rule(rule.bucket(), rule.words(), decided ? Verdict.NOT_ASKED
                    : reason == null ? Verdict.DOES_NOT_HOLD : Verdict.DECIDES, reason));
            decided = decided || reason != null;
        }
        return rules;
    }
}
