package dev.reeve.decide;

import dev.reeve.decide.Explanation.Fact;
import dev.reeve.decide.Explanation.Rule;
import dev.reeve.decide.Explanation.Verdict;
import dev.reeve.model.BeatFacts.Dependency.State;
import dev.reeve.model.Bucket;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.SignalKind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static dev.reeve.decide.GivenBeat.aBeat;
import static org.assertj.core.api.Assertions.assertThat;

class ExplanationTest {

    private static final Duration HOURS = Duration.ofHours(5);

    private static Explanation explain(GivenBeat beat) {
        return Explanation.of(beat.judge(), beat.queueState(), beat.policy());
    }

    @Test
    void theFirstRuleThatHoldsIsMarkedAndThoseAfterItAreNotAsked() {
        var beat = aBeat().dependsOn("other", State.OPEN, HOURS);
        var rules = explain(beat).rules();

        assertThat(rules).extracting(Rule::bucket)
                .containsExactly(Bucket.ELSEWHERE, Bucket.DONE, Bucket.NEEDS_ATTENTION, Bucket.ACTIVE, Bucket.WAITING,
                        Bucket.READY, Bucket.BACKLOG);
        assertThat(rules).extracting(Rule::verdict)
                .containsExactly(Verdict.DOES_NOT_HOLD, Verdict.DOES_NOT_HOLD, Verdict.DOES_NOT_HOLD,
                        Verdict.DOES_NOT_HOLD, Verdict.DECIDES, Verdict.NOT_ASKED, Verdict.NOT_ASKED);
        assertThat(rules.get(4).reason()).isEqualTo(beat.judge().reason()).contains("other is not completed");
    }

    @Test
    void intentRunAndPullRequestAreKeptApart() {
        var explained = explain(aBeat().owner("Dave.Fowler")
                .dependsOn("other", State.CANCELLED, HOURS)
                .worktree(2, HOURS)
                .registered(2)
                .run(GivenRun.dead("running").tombstone("r1", "exited", 1, "failed"))
                .pull(PullRequest.State.OPEN)
                .standing(new Checks.Failed(List.of("build")), new Reviews.Approved(), Mergeability.CONFLICT));

        assertThat(explained.intent()).contains(new Fact("status", "ready"),
                new Fact("owner", "Dave.Fowler: in the queue of dave"), new Fact("depends on", "other (cancelled)"),
                new Fact("changed", "2026-03-28T11:59:00Z (1 min ago)"));
        assertThat(explained.run()).contains(new Fact("attempts", "2 of 3"), new Fact("last run", "running, run r1"),
                new Fact("worker lives", "no"), new Fact("tombstone", "exited, exit code 1, outcome failed, run r1"),
                new Fact("commits ahead", "2"));
        assertThat(explained.pullRequest()).contains(new Fact("pull request", "#12, open"),
                new Fact("checks", "failed: build"), new Fact("mergeable", "no, it conflicts"));
    }

    @Test
    void howTheLastRunEndedAndWhenTheNextMayBeginIsTold() {
        var explained = explain(aBeat().registered(2)
                .run(GivenRun.exited(1)
                        .ago(Duration.ofMinutes(1))
                        .outcome("failed")
                        .said("half of it", "it ended with exit code 1", "completed_with_pr")
                        .pending(2)));

        assertThat(explained.run()).contains(new Fact("attempts", "2 of 3"),
                new Fact("reason", "it ended with exit code 1"), new Fact("worker says", "half of it"),
                new Fact("claimed in vain", "completed_with_pr"), new Fact("follow-ups waiting", "2"),
                new Fact("next try", "from 2026-03-28T12:09:00Z on, after a rest of 10 min"));
    }

    @Test
    void whatIsNotKnownIsSaidOrLeftOut() {
        var quiet = explain(aBeat().pullUnknown());

        assertThat(quiet.run()).containsExactly(new Fact("run", "no register, dispatch file or worktree knows it"));
        assertThat(quiet.pullRequest()).containsExactly(new Fact("pull request", "unknown: timed out"));
        assertThat(quiet.intent()).extracting(Fact::name).doesNotContain("milestone", "carries", "depends on");
    }

    @Test
    void everySignalHasItsRemedyTheLeadingOneFirst() {
        var explained = explain(aBeat().registered(1).run(GivenRun.dead("running").ago(Duration.ofSeconds(5))));

        assertThat(explained.advice()).extracting(advice -> advice.signal().kind())
                .containsExactly(SignalKind.DISPATCH_WORKER_GONE, SignalKind.DISPATCH_RETRY_COOLDOWN);
        assertThat(explained.advice()).extracting(Explanation.Advice::remedy)
                .allSatisfy(remedy -> assertThat(remedy).isNotBlank());
        assertThat(explained.advice().getFirst().remedy()).contains("reeve watch fix-login");
    }

    @Test
    void aFaultyFileAndNoFileAreExplainedToo() {
        assertThat(explain(aBeat().faulty()).intent()).containsExactly(new Fact("file", "tasks/fix-login.md"),
                new Fact("faults", "1"));
        assertThat(explain(aBeat().missing().registered(1)).intent())
                .containsExactly(new Fact("file", "there is none"));
    }
}
