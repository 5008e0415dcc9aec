package dev.reeve.agent;

import dev.reeve.github.GitHubFailure;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.reconcile.GitHubPullRequests;
import dev.reeve.reconcile.GitHubPullRequests.WhenItFails;
import dev.reeve.reconcile.ListedPullRequests;
import dev.reeve.reconcile.PullRequests.Signs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One round of asking: the list, what it can't tell, and what the open pull requests that matter wait for. What can't be asked in this round
 * stays as it was known before.
 *
 * <p><b>Threading</b>: one thread.
 */
final class Inquiry {

    /** So that a cycle's requests stay below what GitHub allows in a minute, whatever is wanted. */
    private static final int MOST_SINGLY = 200;
    /** Four requests each. */
    private static final int MOST_STANDINGS = 100;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final RepositoryClient gitHub;
    private final InstantSource clock;
    private final Optional<Known> before;
    private final Instant until;

    Inquiry(RepositoryClient gitHub, InstantSource clock, Optional<Known> before) {
        this.gitHub = gitHub;
        this.clock = clock;
        this.before = before;
        this.until = clock.instant().plus(LONGEST);
    }

    /** @throws GitHubFailure when not even the list can be had */
    Outcome.Asked ask(Wanted wanted) {
        var newest = gitHub.recentPullRequests(Known.LISTED).stream().map(PullRequest::withoutBody).toList();
        var at = clock.instant();
        var singles = singles();
        var listed = ListedPullRequests.of(newest, Known.LISTED, singles, wanted.begun()::contains);
        var open = new TreeMap<Integer, PullRequest>();
        singles.inTurn(wanted.numbers()).forEach(number -> collect(listed.byNumber(number), open));
        singles.inTurn(wanted.begun()).forEach(branch -> collect(listed.byBranch(branch, Signs.SOME), open));
        wanted.open().forEach(branch -> collect(listed.byBranch(branch, Signs.NONE), open));
        var standings = new Standings(singles.failure());
        standings.ask(open.values());
        return new Outcome.Asked(new Known(at, newest, wanted.begun(), singles.answers(), standings.told),
                singles.trouble().or(() -> standings.trouble));
    }

    private SinglePullRequests singles() {
        return new SinglePullRequests(new GitHubPullRequests(gitHub, WhenItFails.THROW),
                new Allowance(MOST_SINGLY, until, clock, "pull requests"), clock,
                before.map(Known::singles).orElse(Map.of()));
    }

    private static void collect(PullRequestLookup lookup, Map<Integer, PullRequest> open) {
        if (lookup instanceof PullRequestLookup.Found(var pull) && pull.state().isOpen()) {
            open.put(pull.number(), pull);
        }
    }

    /** Asking what open pull requests wait for, those first whose answer is oldest. */
    private final class Standings {

        private final Map<Integer, PullRequestStanding> known = before.map(Known::standings).orElse(Map.of());
        private final Map<Integer, PullRequestStanding> told = new HashMap<>();
        private final Allowance allowance = new Allowance(MOST_STANDINGS, until, clock, "open pull requests");
        private Optional<GitHubFailure> failure;
        private Optional<String> trouble = Optional.empty();

        /** @param failure after which there is no use in asking */
        Standings(Optional<GitHubFailure> failure) {
            this.failure = failure;
        }

        void ask(Collection<PullRequest> open) {
            open.stream().sorted(Comparator.comparing(this::lastAsked)).forEach(this::ask);
        }

        private Instant lastAsked(PullRequest pull) {
            var old = known.get(pull.number());
            return old == null ? Instant.MIN : old.askedAt();
        }

        private void ask(PullRequest pull) {
            var old = Optional.ofNullable(known.get(pull.number()));
            old.ifPresent(standing -> told.put(pull.number(), standing));
            if (failure.isPresent()) {
                return;
            }
            var refusal = allowance.refuse();
            if (refusal.isPresent()) {
                trouble = old.isPresent() ? trouble : refusal;
                return;
            }
            try {
                told.put(pull.number(), gitHub.standing(pull));
            } catch (GitHubFailure e) {
                failure = Optional.of(e);
                trouble = Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }
}
