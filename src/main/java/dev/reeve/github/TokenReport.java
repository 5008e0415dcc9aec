package dev.reeve.github;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What GitHub says about a token.
 *
 * @param login whose it is; nothing for one that is nobody's, such as that of a workflow
 * @param scopes what a classic token is good for; nothing for one of another kind, whose permissions only show when they are missing
 * @param rights what its owner may do with the repository; a fine-grained token may be allowed less
 * @param githubTime GitHub's time when it answered, to the second
 * @param requestsLeft until the limit starts anew
 * @param limitResets when the limit starts anew
 */
public record TokenReport(Optional<String> login, Optional<List<String>> scopes, Rights rights,
        Optional<Instant> githubTime, Optional<Long> requestsLeft, Optional<Instant> limitResets) {

    /** What may be done with a repository. */
    public enum Rights {
        /** It isn't there, or not for this token. */
        NONE, READ, WRITE
    }

    /**
     * Puts two answers together, each of them a success or a refusal.
     *
     * @param last the one whose headers count
     */
    static TokenReport of(Optional<Fields> user, Optional<Fields> repository, ApiAnswer last) {
        return new TokenReport(
                user.map(one -> one.text("login")).filter(login -> login.matches("[A-Za-z0-9_.-]{1,100}")),
                last.header("X-OAuth-Scopes").map(TokenReport::scopes),
                repository.map(TokenReport::rights).orElse(Rights.NONE), last.date(),
                last.number("X-RateLimit-Remaining"), last.number("X-RateLimit-Reset").map(Instant::ofEpochSecond));
    }

    private static List<String> scopes(String header) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(scope -> scope.matches("[a-z_:]{1,50}"))
                .toList();
    }

    private static Rights rights(Fields repository) {
        boolean writes = repository.optionalObject("permissions").map(may -> may.flag("push")).orElse(false);
        return writes ? Rights.WRITE : Rights.READ;
    }
}
