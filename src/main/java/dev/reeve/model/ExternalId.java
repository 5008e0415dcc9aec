package dev.reeve.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a check run of ours is about, as its external id says. */
public final class ExternalId {

    private static final Pattern OF_PULL_REQUEST = Pattern.compile("reeve/pull/([1-9][0-9]{0,8})");

    private ExternalId() {}

    /** Of a pull request's. */
    public static String ofPullRequest(int number) {
        return "reeve/pull/" + number;
    }

    /** Of a merge queue's at this commit. */
    public static String ofGroup(Sha head) {
        return "reeve/group/" + head;
    }

    /** The number of the pull request, if it is about one. */
    public static Optional<Integer> pullRequestIn(String externalId) {
        var match = OF_PULL_REQUEST.matcher(externalId);
        return match.matches() ? Optional.of(Integer.valueOf(match.group(1))) : Optional.empty();
    }
}
