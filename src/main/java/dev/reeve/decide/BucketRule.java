package dev.reeve.decide;

import dev.reeve.model.Bucket;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;

import java.time.Duration;
import java.util.Optional;

/** The rules that put a task into a bucket, in their order: the first that holds decides. One always does. */
enum BucketRule {
    ELSEWHERE(Bucket.ELSEWHERE, "it is in another person's queue") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return given.whose() instanceof Whose.Anothers(var owner)
                    ? Optional.of("it is in the queue of " + owner)
                    : Optional.empty();
        }
    },
    DONE(Bucket.DONE, "it is completed or cancelled") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return given.task()
                    .map(TaskSummary::status)
                    .filter(TaskStatus::isFinal)
                    .map(status -> "it is " + status.id());
        }
    },
    NEEDS_ATTENTION(Bucket.NEEDS_ATTENTION, "it has a signal of severity attention, or a faulty file") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return given.attention()
                    .map(signal -> signal.kind().id() + ": " + signal.message())
                    .or(() -> given.facts().task() instanceof CatalogEntry.Faulty
                            ? Optional.of("its file is faulty")
                            : Optional.empty());
        }
    },
    ACTIVE(Bucket.ACTIVE, "a worker is at it, or it is in progress by hand and not idle") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return DispatchRules.worker(given).or(() -> byHand(given));
        }
    },
    WAITING(Bucket.WAITING,
            "its pull request is open, or it is blocked, or it is ready and something keeps it from being dispatched") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return DispatchRules.pullRequest(given)
                    .or(() -> given.task().flatMap(task -> ofStatus(task.status(), dispatch)));
        }
    },
    READY(Bucket.READY, "it could be dispatched") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return dispatch instanceof Dispatchability.Dispatchable(var since)
                    ? Optional.of("it could be dispatched for " + Durations.inWords(
                            Duration.between(since, given.policy().now())))
                    : Optional.empty();
        }
    },
    BACKLOG(Bucket.BACKLOG, "it is planned") {
        @Override
        Optional<String> holds(Case given, Dispatchability dispatch) {
            return Optional
                    .of("its status is " + given.task().map(TaskSummary::status).orElse(TaskStatus.NOT_STARTED).id());
        }
    };

    private final Bucket bucket;
    private final String words;

    BucketRule(Bucket bucket, String words) {
        this.bucket = bucket;
        this.words = words;
    }

    Bucket bucket() {
        return bucket;
    }

    /** The rule itself, for people. */
    String words() {
        return words;
    }

    /** Why it holds; nothing when it doesn't. */
    abstract Optional<String> holds(Case given, Dispatchability dispatch);

    private static Optional<String> byHand(Case given) {
        return given.has(TaskStatus.IN_PROGRESS) && ProgressSignals.idle(given.facts(), given.policy()).isEmpty()
                ? Optional.of("it is in progress by hand")
                : Optional.empty();
    }

    private static Optional<String> ofStatus(TaskStatus status, Dispatchability dispatch) {
        return switch (status) {
            case BLOCKED -> Optional.of("its status is blocked");
            case IN_PROGRESS -> Optional.of("it is in progress, and nobody is at it");
            case READY -> dispatch instanceof Dispatchability.NotDispatchable(var reason)
                    ? Optional.of(reason)
                    : Optional.empty();
            case NOT_STARTED, COMPLETED, CANCELLED -> Optional.empty();
        };
    }
}
