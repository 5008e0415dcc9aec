package dev.reeve.reconcile;

import dev.reeve.github.GitHubFailure;

/** Whether trying again may help. */
public enum Again {
    /** It may work another time without anybody doing anything. */
    MAY_HELP,
    /** Somebody has to do something first. */
    NEEDS_A_PERSON;

    /** What a failure says about it. What doesn't say anything may mend itself: to give up is left to whoever counts the attempts. */
    public static Again after(RuntimeException failure) {
        return failure instanceof GitHubFailure gitHub ? after(gitHub.kind()) : MAY_HELP;
    }

    private static Again after(GitHubFailure.Kind kind) {
        return switch (kind) {
            case GitHubFailure.Kind.RateLimited _,GitHubFailure.Kind.Unavailable _,GitHubFailure.Kind.NotFound _,GitHubFailure.Kind.Malformed _ ->
                MAY_HELP;
            case GitHubFailure.Kind.Denied _,GitHubFailure.Kind.NotInstalled _,GitHubFailure.Kind.Suspended _,GitHubFailure.Kind.Rejected _ ->
                NEEDS_A_PERSON;
        };
    }
}
