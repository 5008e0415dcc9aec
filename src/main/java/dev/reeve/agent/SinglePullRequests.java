package dev.reeve.agent;

import dev.reeve.github.GitHubFailure;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.reconcile.PullRequests;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Pull requests that are asked for one by one, each at most once in a lookup. What can't be asked is answered as it was the last time. After a failure
 * that would meet the others too, nothing more is asked.
 *
 * <p><b>Threading</b>: one thread.
 */
final class SinglePullRequests implements PullRequests {

    private final PullRequests gitHub;
    private final Allowance allowance;
    private final InstantSource clock;
    private final Map<Object, Answer> before;
    private final Map<Object, Answer> answers = new HashMap<>();
    private Optional<GitHubFailure> failure = Optional.empty();
    private Optional<String> trouble = Optional.empty();

    /** What was said of a number or branch, and when. */
    record Answer(PullRequestLookup lookup, Instant at) {}

    /** @param gitHub throws what keeps it from answering */
    SinglePullRequests(PullRequests gitHub, Allowance allowance, InstantSource clock, Map<Object, Answer> before) {
        this.gitHub = gitHub;
        this.allowance = allowance;
        this.clock = clock;
        this.before = before;
    }

    @Override
    public PullRequestLookup byNumber(int number) {
        return answer(number, () -> gitHub.byNumber(number));
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        return answer(branch, () -> gitHub.byBranch(branch, signs));
    }

    private PullRequestLookup answer(Object key, Supplier<PullRequestLookup> question) {
        var known = answers.get(key);
        return known == null ? ask(key, question) : known.lookup();
    }

    private PullRequestLookup ask(Object key, Supplier<PullRequestLookup> question) {
        var down = failure.map(Throwable::getMessage);
        if (down.isPresent()) {
            return asBefore(key, down.get());
        }
        var refusal = allowance.refuse();
        if (refusal.isPresent()) {
            return inTurn(key, refusal.get());
        }
        try {
            return remember(key, new Answer(question.get(), clock.instant()));
        } catch (GitHubFailure e) {
            failure = Optional.of(e).filter(SinglePullRequests::isAboutOthersToo);
            return asBefore(key, String.valueOf(e.getMessage()));
        }
    }

    /** What has an answer can wait for its turn without a word. */
    private PullRequestLookup inTurn(Object key, String reason) {
        var old = before.get(key);
        return old == null ? asBefore(key, reason) : remember(key, old);
    }

    private PullRequestLookup remember(Object key, Answer answer) {
        answers.put(key, answer);
        return answer.lookup();
    }

    private PullRequestLookup asBefore(Object key, String reason) {
        trouble = trouble.or(() -> Optional.of(reason));
        var old = before.get(key);
        return old == null ? new PullRequestLookup.Unknown(reason) : remember(key, old);
    }

    /** Whether asking for the next one is of no use, or takes too long to be tried. */
    static boolean isAboutOthersToo(GitHubFailure failure) {
        return switch (failure.kind()) {
            case Kind.RateLimited _,Kind.Unavailable _,Kind.Denied _,Kind.NotInstalled _,Kind.Suspended _ -> true;
            case Kind.NotFound _,Kind.Rejected _,Kind.Malformed _ -> false;
        };
    }

    /** Those first that were never asked for, then those whose answer is oldest, so that all have their turn. */
    <K> List<K> inTurn(Collection<K> keys) {
        return keys.stream().sorted(Comparator.comparing(this::lastAsked)).toList();
    }

    private Instant lastAsked(Object key) {
        var old = before.get(key);
        return old == null ? Instant.MIN : old.at();
    }

    /** What was answered, now or before. */
    Map<Object, Answer> answers() {
        return Map.copyOf(answers);
    }

    /** The first thing that kept one from being asked for. */
    Optional<String> trouble() {
        return trouble;
    }

    /** The failure after which nothing more was asked. */
    Optional<GitHubFailure> failure() {
        return failure;
    }
}
