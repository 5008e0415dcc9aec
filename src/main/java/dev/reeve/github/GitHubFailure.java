package dev.reeve.github;

import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * GitHub did not do what it was asked. The message is for people: what happened, to what, and what to do; it holds
 * no secret and nothing unescaped. What the program should do follows from the {@link #kind}.
 */
public final class GitHubFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 200;

    private final transient Kind kind;

    /** What went wrong, as far as it decides what to do next. */
    public sealed interface Kind {

        /** A rate limit, primary or secondary: nothing is asked of GitHub for this installation before {@code until}. */
        record RateLimited(Instant until) implements Kind {}

        /** GitHub could not be reached, answered with a fault of its own, or not in time. Another try may help. */
        record Unavailable() implements Kind {}

        /**
         * GitHub knows who asks and refuses, or doesn't accept the key or token at all. A person has to act.
         *
         * @param permission the permission that is missing, {@code checks:write}; null when it isn't one permission
         */
        record Denied(@Nullable String permission) implements Kind {}

        /** The App is not installed on this repository, or no longer. */
        record NotInstalled() implements Kind {}

        /** The installation is suspended: until it is resumed, nothing can be read or written. */
        record Suspended() implements Kind {}

        /** GitHub shows no such thing: it is gone, or not visible yet, or not to us. */
        record NotFound() implements Kind {}

        /** GitHub understood the request and won't carry it out as it is. The same request won't help. */
        record Rejected(int status) implements Kind {}

        /** The answer is none that GitHub's documentation describes. */
        record Malformed() implements Kind {}
    }

    GitHubFailure(Kind kind, String message) {
        this(kind, message, null);
    }

    GitHubFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong, for a switch without a default. */
    public Kind kind() {
        return kind;
    }

    static GitHubFailure unavailable(ApiRequest request, String what, @Nullable Throwable cause) {
        return new GitHubFailure(new Kind.Unavailable(),
                "GitHub did not answer %s: %s. It will be asked again.".formatted(request, what), cause);
    }

    static GitHubFailure malformed(ApiRequest request, String what) {
        return new GitHubFailure(new Kind.Malformed(), ("GitHub's answer to %s can't be understood: %s."
                + " Check that the API's address (GITHUB_API_URL) is GitHub's and no proxy changes its answers.")
                .formatted(request, what));
    }

    static GitHubFailure rateLimited(Instant until) {
        return new GitHubFailure(new Kind.RateLimited(until),
                "GitHub's rate limit is used up; nothing is asked before " + until + ", then it goes on by itself.");
    }

    /** What somebody else wrote, as a message may show it. */
    static String quote(String text) {
        return '"' + Text.plain(text, LONGEST_QUOTE) + '"';
    }
}
