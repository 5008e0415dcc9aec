package dev.reeve.agent;

import dev.reeve.model.BranchName;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.reconcile.NoPullRequests;
import dev.reeve.reconcile.PullRequests;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of pull requests at one moment, new or old; asking it asks nobody. Pull requests in it have no description.
 *
 * <p><b>Threading</b>: any thread, as it never changes.
 */
public final class PullRequestAnswers implements PullRequests {

    private final PullRequests lookups;
    private final Map<Integer, PullRequestStanding> standings;
    private final Optional<Instant> askedAt;
    private final Optional<String> failure;
    private final Optional<String> notice;

    private PullRequestAnswers(PullRequests lookups, Map<Integer, PullRequestStanding> standings,
            Optional<Instant> askedAt, Optional<String> failure, Optional<String> notice) {
        this.lookups = lookups;
        this.standings = standings;
        this.askedAt = askedAt;
        this.failure = failure;
        this.notice = notice;
    }

    /** Nobody was asked, for this reason, which is no failure. */
    public static PullRequestAnswers notAsked(String reason) {
        return unknown(reason, Optional.empty(), Optional.empty());
    }

    static PullRequestAnswers unknown(String reason, Optional<String> failure, Optional<String> notice) {
        return new PullRequestAnswers(new NoPullRequests(reason), Map.of(), Optional.empty(), failure, notice);
    }

    static PullRequestAnswers of(Known known, Optional<String> failure, Optional<String> notice) {
        return new PullRequestAnswers(known.lookups(), known.standings(), Optional.of(known.askedAt()), failure,
                notice);
    }

    @Override
    public PullRequestLookup byNumber(int number) {
        return lookups.byNumber(number);
    }

    @Override
    public PullRequestLookup byBranch(BranchName branch, Signs signs) {
        return lookups.byBranch(branch, signs);
    }

    /** What a pull request waits for; nothing when it isn't open, wasn't wanted, or could not be asked for yet. Each has its own age. */
    public Optional<PullRequestStanding> standing(int number) {
        return Optional.ofNullable(standings.get(number));
    }

    /** When GitHub gave the list that this goes by; nothing when it never did. */
    public Optional<Instant> askedAt() {
        return askedAt;
    }

    /** Why GitHub could not be asked this time, or not for everything, or has not answered yet: what it said before is given. For people. */
    public Optional<String> failure() {
        return failure;
    }

    /** What to tell the operator once, such as that there is no token. Given when it is new, not again in the cycles that follow. */
    public Optional<String> notice() {
        return notice;
    }
}
