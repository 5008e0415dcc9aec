package dev.reeve.github;

import dev.reeve.github.GitHubFailure.Kind;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an answer that is no success means. Pure: the same answer always means the same. */
final class Refusals {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(2);
    private static final long MOST_KEPT = 50;

    private Refusals() {}

    /**
     * The failure that the answer stands for, or nothing for a success.
     *
     * @param now our own clock's time; GitHub's times are taken relative to its {@code Date}, so that a wrong clock
     *        neither shortens nor lengthens a pause
     * @param unsaid how long to be quiet when a limit is used up and GitHub doesn't say for how long
     */
    static Optional<GitHubFailure> of(ApiRequest request, ApiAnswer answer, Instant now, Duration unsaid) {
        return switch (answer.status()) {
            case 200, 201 -> Optional.empty();
            case 401 ->
                Optional.of(denied(request, answer, null, "Check the key or token and whether it was revoked."));
            case 403, 429 -> Optional.of(pause(answer, now, unsaid).map(GitHubFailure::rateLimited)
                    .orElseGet(() -> forbidden(request, answer)));
            case 404, 410 -> Optional.of(new GitHubFailure(new Kind.NotFound(),
                    "GitHub shows nothing at %s: it is gone, not visible yet, or not to us.".formatted(request)));
            default -> Optional.of(other(request, answer));
        };
    }

    private static GitHubFailure other(ApiRequest request, ApiAnswer answer) {
        int status = answer.status();
        if (status >= 500) {
            return GitHubFailure.unavailable(request, "it failed with status " + status, null);
        }
        if (status >= 400) {
            return new GitHubFailure(new Kind.Rejected(status),
                    "GitHub rejected %s with status %d: %s.".formatted(request, status, said(answer)));
        }
        return GitHubFailure.malformed(request, "status " + status);
    }

    /** Until when the answer asks us to be quiet, when it is about a limit. */
    private static Optional<Instant> pause(ApiAnswer answer, Instant now, Duration unsaid) {
        return said(answer, now).or(() -> isLimit(answer) ? Optional.of(unsaid) : Optional.empty())
                .map(pause -> now.plus(within(pause)));
    }

    private static Optional<Duration> said(ApiAnswer answer, Instant now) {
        return answer.number("Retry-After").map(Duration::ofSeconds).or(() -> usedUp(answer, now));
    }

    private static boolean isLimit(ApiAnswer answer) {
        return answer.status() == 429 || isSecondaryLimit(answer.message());
    }

    /** Whether it was refused because of a limit, without a word of how long that holds. */
    static boolean asksForQuiet(ApiAnswer answer) {
        return (answer.status() == 403 || answer.status() == 429) && isLimit(answer)
                && said(answer, Instant.EPOCH).isEmpty();
    }

    /** Until when the primary limit is used up, as the headers of any answer say it. */
    private static Optional<Duration> usedUp(ApiAnswer answer, Instant now) {
        return hasAtMost(0, answer, now);
    }

    /** Until when so little of the primary limit is left that it is kept for what is urgent: a hundredth, and no more than fifty requests. */
    static Optional<Instant> scarceUntil(ApiAnswer answer, Instant now) {
        long rest = answer.number("X-RateLimit-Limit").map(limit -> Math.min(limit / 100, MOST_KEPT)).orElse(0L);
        return hasAtMost(rest, answer, now).map(pause -> now.plus(within(pause)));
    }

    private static Optional<Duration> hasAtMost(long requests, ApiAnswer answer, Instant now) {
        return answer.number("X-RateLimit-Remaining")
                .filter(left -> left <= requests)
                .flatMap(_ -> answer.number("X-RateLimit-Reset"))
                .map(reset -> Duration.between(answer.date().orElse(now), Instant.ofEpochSecond(reset)));
    }

    /** Until when nothing is to be asked after this: it was refused because of a limit, or the last that a limit allowed. */
    static Optional<Instant> pauseAfter(ApiAnswer answer, Instant now, Duration unsaid) {
        return switch (answer.status()) {
            case 403, 429 -> pause(answer, now, unsaid);
            default -> usedUp(answer, now).filter(Duration::isPositive).map(pause -> now.plus(within(pause)));
        };
    }

    private static boolean isSecondaryLimit(String message) {
        var words = message.toLowerCase(Locale.ROOT);
        return words.contains("secondary rate limit") || words.contains("abuse detection");
    }

    private static Duration within(Duration pause) {
        if (pause.compareTo(LONGEST_PAUSE) > 0) {
            return LONGEST_PAUSE;
        }
        return pause.isPositive() ? pause : Duration.ofSeconds(1);
    }

    private static GitHubFailure forbidden(ApiRequest request, ApiAnswer answer) {
        var message = answer.message();
        if (message.contains("has been suspended")) {
            return suspended(request.toString());
        }
        if (!message.startsWith("Resource not accessible by")) {
            return denied(request, answer, null, "Ask an owner of the organisation what forbids it.");
        }
        var permission = answer.header("X-Accepted-GitHub-Permissions")
                .filter(value -> value.matches("[a-z_]+=[a-z]+"))
                .map(value -> value.replace('=', ':'))
                .orElse(request.needs().toString());
        return denied(request, answer, permission,
                message.endsWith("personal access token") ? grantToToken(permission) : grant(permission));
    }

    static GitHubFailure suspended(String what) {
        return new GitHubFailure(new Kind.Suspended(), ("The App's installation is suspended, so %s was refused."
                + " Resume it in the account's settings under GitHub Apps.").formatted(what));
    }

    /** What an operator does about a missing permission. */
    static String grant(String permission) {
        return ("Grant the permission %s in the App's settings (Permissions & events) and accept it for the"
                + " installation; for a token, make one that has it.").formatted(permission);
    }

    /** GitHub's page for fine-grained tokens doesn't offer the one for checks, although its documentation asks for it. */
    private static String grantToToken(String permission) {
        return permission.startsWith(Permission.CHECKS_READ.subject())
                ? "No fine-grained token can be given the permission %s: use a classic token with the scope repo, or gh auth login."
                        .formatted(permission)
                : "Give the token the permission %s in GitHub's settings (Developer settings).".formatted(permission);
    }

    private static GitHubFailure denied(ApiRequest request, ApiAnswer answer, @Nullable String permission,
            String remedy) {
        return new GitHubFailure(new Kind.Denied(permission), "GitHub refused %s with status %d: %s. %s"
                .formatted(request, answer.status(), said(answer), remedy));
    }

    private static String said(ApiAnswer answer) {
        var message = answer.message();
        return message.isEmpty() ? "it gave no reason" : GitHubFailure.quote(message);
    }
}
