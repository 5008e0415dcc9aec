package dev.reeve.doctor;

import dev.reeve.doctor.GitHubLook.Answer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What GitHub says: whether the token is good, and what time it is. It is asked once for both. */
record GitHubChecks(GitHubLook gitHub, InstantSource clock) {

    /** GitHub's time comes in whole seconds and takes a moment to get here. */
    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final String TOKEN = "token";
    private static final String CLOCK = "clock";

    List<Finding> findings() {
        return Check.all(List.of(new Check(TOKEN, () -> judged(gitHub.look()))));
    }

    private List<Finding> judged(Answer answer) {
        return switch (answer) {
            case Answer.NotAsked(var why, var remedy) -> List.of(
                    remedy.isEmpty() ? Finding.info(TOKEN, why) : Finding.warning(TOKEN, why, remedy), unknownTime());
            case Answer.Unreachable(var why) -> List.of(
                    Finding.warning(TOKEN, why, "look at the network, the proxy variables and GITHUB_API_URL"),
                    unknownTime());
            case Answer.Refused(var why) -> List.of(
                    Finding.error(TOKEN, why,
                            "make a token that may read this repository's contents and pull requests, and set GITHUB_TOKEN or run gh auth login"),
                    unknownTime());
            case Answer.Answered answered -> answered(answered, clock.instant());
        };
    }

    private static Finding unknownTime() {
        return Finding.info(CLOCK, "was not compared: GitHub was not asked for its time");
    }

    private static List<Finding> answered(Answer.Answered answered, Instant now) {
        var findings = new ArrayList<Finding>();
        findings.add(rights(answered));
        findings.add(answered.date().map(date -> time(date, now)).orElseGet(GitHubChecks::unknownTime));
        return findings;
    }

    private static Finding rights(Answer.Answered answered) {
        var said = "GitHub takes it and shows it " + answered.repository() + " (" + answered.identity() + ")";
        return switch (answered.push()) {
            case GRANTED -> Finding.ok(TOKEN, said);
            case DENIED -> Finding.info(TOKEN, said + "; it may not push there",
                    "that is enough for all but reconcile.publish: push, which needs a token that may write contents");
        };
    }

    static Finding time(Instant gitHubs, Instant ours) {
        var off = Duration.between(gitHubs, ours);
        return off.abs().compareTo(TOLERATED) <= 0 ? Finding.ok(CLOCK, "agrees with GitHub's")
                : Finding.warning(CLOCK,
                        "is " + off.abs().toSeconds() + " s " + (off.isNegative() ? "behind" : "ahead of")
                                + " GitHub's, so times and ages are wrong by as much",
                        "set it by the network: timedatectl set-ntp true");
    }
}
