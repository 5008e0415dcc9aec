package dev.reeve.agent;

import dev.reeve.github.RepositoryClient;

/** Whether and how pull requests can be asked for. */
public sealed interface PullRequestSource {

    /**
     * They can.
     *
     * @param connection ends what the client asks with; called once, when it is not used any more
     */
    record Connected(RepositoryClient gitHub, Runnable connection) implements PullRequestSource {}

    /**
     * They can't, which an operator may change at any time: there is no token, or no repository on GitHub.
     *
     * @param reason for people, with what to do
     */
    record Missing(String reason) implements PullRequestSource {}

    /**
     * They are not to be asked for; no fault of anybody's.
     *
     * @param reason for people
     */
    record SwitchedOff(String reason) implements PullRequestSource {}
}
