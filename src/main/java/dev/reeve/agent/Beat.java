package dev.reeve.agent;

import dev.reeve.decide.QueueState;
import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cycle saw and made of it.
 *
 * @param tasks in the order in which they are shown
 * @param signals those that are about no single task
 * @param pruned why register entries were taken out, by slug
 * @param gitHub what GitHub said and didn't
 */
public record Beat(List<Judgement> tasks, QueueState queue, List<Signal> signals, Map<Slug, String> pruned,
        GitHub gitHub) {

    /**
     * How asking GitHub went.
     *
     * @param askedAt when it gave what this beat goes by; null when it never did
     * @param failure why it could not be asked this time, or not for everything; null when it could, or was not to be asked
     * @param notice what the operator is to be told once
     */
    public record GitHub(@Nullable Instant askedAt, @Nullable String failure, Optional<String> notice) {

        static GitHub of(PullRequestAnswers answers) {
            return new GitHub(answers.askedAt().orElse(null), answers.failure().orElse(null), answers.notice());
        }
    }

    /** How many tasks are in each bucket, empty ones included. */
    public Map<Bucket, Integer> counts() {
        var counts = new EnumMap<Bucket, Integer>(Bucket.class);
        for (var bucket : Bucket.values()) {
            counts.put(bucket, 0);
        }
        tasks.forEach(task -> counts.merge(task.bucket(), 1, Integer::sum));
        return counts;
    }

    /** The tasks whose pull request is merged and that don't say so yet, neither here nor on the fetched default branch: a reconcile completes them. */
    public List<Slug> merged() {
        return tasks.stream()
                .filter(Beat::isMerged)
                .filter(task -> task.signals().stream().noneMatch(signal -> signal.kind() == SignalKind.REOPENED))
                .map(task -> task.facts().slug())
                .toList();
    }

    private static boolean isMerged(Judgement task) {
        var facts = task.facts();
        return task.bucket() != Bucket.ELSEWHERE
                && facts.pullRequest() instanceof PullRequestLookup.Found(var pr)
                && pr.state() == PullRequest.State.MERGED
                && facts.task().asTask().filter(summary -> !summary.status().isFinal()).isPresent()
                && facts.detail().filter(detail -> detail.published().isCompleted()).isEmpty();
    }
}
