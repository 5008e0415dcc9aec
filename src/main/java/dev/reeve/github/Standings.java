package dev.reeve.github;

import dev.reeve.github.ApiRequest.Method;
import dev.reeve.github.ApiRequest.Repeat;
import dev.reeve.github.GitHubFailure.Kind;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;

import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Asking what a pull request waits for. The parts are asked for one by one, and one that fails leaves the others, unless the reason is one that
 * would keep GitHub from answering anything.
 *
 * <p>It reads answers by itself: the client library knows no combined status, lists statuses at an address that GitHub no longer documents, and
 * fetches every reviewer once more.
 */
final class Standings {

    /** An App that wasn't granted it isn't refused again and again. */
    private static final Part<CheckTally> NOT_GRANTED = new Part.Untold<>(
            "the installation lacks " + Permission.STATUSES_READ);

    private final RepositoryName repository;
    private final ApiCalls calls;
    private final InstantSource clock;

    Standings(RepositoryName repository, ApiCalls calls, InstantSource clock) {
        this.repository = repository;
        this.calls = calls;
        this.clock = clock;
    }

    /** One part of the answer. */
    private sealed interface Part<T> {

        /** GitHub said so. */
        record Told<T>(T value) implements Part<T> {}

        /** It could not be learnt, for this reason. */
        record Untold<T>(String reason) implements Part<T> {}
    }

    /** @param counted which check runs count */
    PullRequestStanding of(PullRequest pull, Predicate<Fields> counted) {
        var at = clock.instant();
        var seen = part(() -> whole(pull.number()));
        return new PullRequestStanding(checks(head(seen, pull), counted), reviews(seen), mergeability(seen), at);
    }

    private static <T> Part<T> part(Supplier<T> question) {
        try {
            return new Part.Told<>(question.get());
        } catch (GitHubFailure failure) {
            if (isAboutEverything(failure.kind())) {
                throw failure;
            }
            return new Part.Untold<>(String.valueOf(failure.getMessage()));
        }
    }

    private static boolean isAboutEverything(Kind kind) {
        return switch (kind) {
            case Kind.RateLimited _,Kind.NotInstalled _,Kind.Suspended _ -> true;
            case Kind.Denied denied -> denied.permission() == null;
            case Kind.Unavailable _,Kind.NotFound _,Kind.Rejected _,Kind.Malformed _ -> false;
        };
    }

    /** The pull request itself, which only by itself, not in a list, says whether it can be merged. */
    private Fields whole(int number) {
        var request = new ApiRequest(Method.GET, path("/pulls/" + number), null, Permission.PULL_REQUESTS_READ,
                Repeat.HARMLESS);
        var fields = calls.exchange(request).fields(request);
        Forms.standing(fields);
        return fields;
    }

    /** The newest, as it may have been pushed to since the list was made. */
    private static Sha head(Part<Fields> seen, PullRequest pull) {
        return switch (seen) {
            case Part.Told<Fields>(var fields) -> fields.object("head").sha("sha");
            case Part.Untold<Fields> _ -> pull.headSha();
        };
    }

    private static Mergeability mergeability(Part<Fields> seen) {
        return switch (seen) {
            case Part.Told<Fields>(var fields) -> fields.optionalFlag("mergeable")
                    .map(can -> can ? Mergeability.MERGEABLE : Mergeability.CONFLICT)
                    .orElse(Mergeability.UNKNOWN);
            case Part.Untold<Fields> _ -> Mergeability.UNKNOWN;
        };
    }

    private Reviews reviews(Part<Fields> seen) {
        return switch (seen) {
            case Part.Told<Fields>(var fields) -> reviews(fields);
            case Part.Untold<Fields>(var reason) -> new Reviews.Unknown(reason);
        };
    }

    private Reviews reviews(Fields pull) {
        var path = path("/pulls/" + pull.number("number") + "/reviews");
        var told = part(() -> ReviewWords.of(pull,
                new Pages(calls, path, Permission.PULL_REQUESTS_READ).all(Fields::each)));
        return switch (told) {
            case Part.Told<Reviews>(var reviews) -> reviews;
            case Part.Untold<Reviews>(var reason) -> new Reviews.Unknown(reason);
        };
    }

    /** What one of both kinds says against it holds even when the other can't be learnt. */
    private Checks checks(Sha head, Predicate<Fields> counted) {
        var runs = part(() -> CheckTally.ofRuns(new Pages(calls, path("/commits/" + head + "/check-runs"),
                Permission.CHECKS_READ).all(page -> page.each("check_runs").filter(counted))));
        var statuses = calls.access().includes(Permission.STATUSES_READ) ? part(() -> statuses(head)) : NOT_GRANTED;
        var known = tally(runs).and(tally(statuses));
        if (known.hasFailed() || !(runs instanceof Part.Untold || statuses instanceof Part.Untold)) {
            return known.verdict();
        }
        return new Checks.Unknown(runs instanceof Part.Untold<CheckTally>(var reason) ? reason : reason(statuses));
    }

    private CheckTally statuses(Sha head) {
        return CheckTally.ofStatuses(new Pages(calls, path("/commits/" + head + "/status"),
                Permission.STATUSES_READ).all(page -> page.each("statuses")));
    }

    private static CheckTally tally(Part<CheckTally> part) {
        return part instanceof Part.Told<CheckTally>(var tally) ? tally : CheckTally.EMPTY;
    }

    private static String reason(Part<?> part) {
        return part instanceof Part.Untold<?>(var reason) ? reason : "";
    }

    private String path(String below) {
        return "/repos/" + repository + below;
    }
}
