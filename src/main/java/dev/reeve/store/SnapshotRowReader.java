package dev.reeve.store;

import dev.reeve.model.BeatFacts.Dependency;
import dev.reeve.model.BranchName;
import dev.reeve.model.Bucket;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Priority;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Mergeability;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotTask;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Tombstone;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a task of a snapshot's row. What isn't as it is written here counts as missing. */
record SnapshotRowReader(Slug slug, SnapshotFields fields) {

    /** The task; nothing when the row names none, or no bucket. */
    static Optional<SnapshotTask> task(Json.Obj row) {
        var fields = new SnapshotFields(row);
        var bucket = fields.of(Bucket.values(), "bucket");
        return fields.slug("slug").flatMap(slug -> bucket.map(new SnapshotRowReader(slug, fields)::task));
    }

    private SnapshotTask task(Bucket bucket) {
        return new SnapshotTask(slug, TaskPath.parse(fields.text("path", "")).orElse(null), bucket,
                fields.text("reason", ""), dispatch(), signals(), intent(), run(), register(), worktree(),
                pullRequest(), fields.text("pull_request_unknown"));
    }

    private Dispatchability dispatch() {
        var since = fields.time("dispatchable_since");
        return since == null
                ? new Dispatchability.NotDispatchable(fields.text("not_dispatchable", ""))
                : new Dispatchability.Dispatchable(since);
    }

    private Set<SignalKind> signals() {
        var kinds = EnumSet.noneOf(SignalKind.class);
        fields.texts("signals").forEach(id -> SnapshotFields.kind(id).ifPresent(kinds::add));
        return kinds;
    }

    private SnapshotTask.@Nullable Intent intent() {
        var title = fields.text("title");
        var status = TaskStatus.parse(fields.text("status", ""));
        if (title == null || status.isEmpty()) {
            return null;
        }
        return new SnapshotTask.Intent(title, status.get(),
                Priority.parse(fields.text("priority", "")).orElse(Priority.P2), fields.text("milestone"),
                fields.text("owner"), dependencies(), fields.branch("branch").orElse(BranchName.ofTask(slug)),
                fields.integer("open_boxes"), fields.time("modified", Instant.EPOCH));
    }

    private List<Dependency> dependencies() {
        return fields.objects("depends_on")
                .stream()
                .flatMap(row -> row.slug("slug")
                        .map(slug -> new Dependency(slug,
                                row.of(Dependency.State.values(), "state").orElse(Dependency.State.UNKNOWN),
                                row.time("since", Instant.EPOCH)))
                        .stream())
                .toList();
    }

    private @Nullable Run run() {
        if (!fields.has("run")) {
            return null;
        }
        var run = fields.object("run");
        return new Run(run.text("run_id"), run.text("state", ""), run.isTrue("alive"), run.integerOrNull("exit_code"),
                run.text("outcome"), run.time("started_at"), run.time("updated_at"), run.time("output_at"),
                run.time("retry_at"), run.has("tombstone") ? tombstone(run.object("tombstone")) : null,
                new Run.Account(run.text("summary"), run.text("reason"), run.text("claimed"),
                        run.sha("head").orElse(null)),
                run.integer("pending_updates"));
    }

    private static Tombstone tombstone(SnapshotFields said) {
        return new Tombstone(said.text("run_id"), said.text("state"), said.integerOrNull("exit_code"),
                said.text("outcome"), said.time("updated_at"));
    }

    private SnapshotTask.@Nullable Claim register() {
        var said = fields.object("register");
        return OwnerKey.parse(said.text("owner", ""))
                .map(owner -> new SnapshotTask.Claim(owner,
                        new RegisterEntry(slug, said.text("task_path"), said.text("worktree_path"),
                                said.text("branch"), said.time("registered_at"), said.time("launched_at"),
                                said.time("started_at"), said.integer("attempts"), said.text("run_id"),
                                said.integerOrNull("pr_number"))))
                .orElse(null);
    }

    private @Nullable Worktree worktree() {
        var said = fields.object("worktree");
        return path(said.text("path", ""))
                .map(path -> new Worktree(path, said.branch("branch").orElse(null), said.sha("head").orElse(null),
                        said.isTrue("clean"), said.isTrue("pushed"), said.integerOrNull("ahead"),
                        said.time("last_activity"), said.number("bytes", -1)))
                .orElse(null);
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private SnapshotTask.@Nullable PullRequestState pullRequest() {
        var said = fields.object("pull_request");
        var state = said.of(PullRequest.State.values(), "state");
        var head = said.sha("head");
        return state.isEmpty() || head.isEmpty()
                ? null
                : new SnapshotTask.PullRequestState(said.integer("number"), state.get(), said.text("url", ""),
                        said.text("title", ""), head.get(), standing(said));
    }

    private static @Nullable PullRequestStanding standing(SnapshotFields said) {
        var asked = said.time("as_of");
        return asked == null
                ? null
                : new PullRequestStanding(checks(said.object("checks")), reviews(said.object("reviews")),
                        said.of(Mergeability.values(), "mergeability").orElse(Mergeability.UNKNOWN), asked);
    }

    private static Checks checks(SnapshotFields said) {
        return switch (said.text("state", "")) {
            case "none" -> new Checks.None();
            case "pending" -> new Checks.Pending(said.texts("names"));
            case "passed" -> new Checks.Passed();
            case "failed" -> new Checks.Failed(said.texts("names"));
            default -> new Checks.Unknown(said.text("reason", ""));
        };
    }

    private static Reviews reviews(SnapshotFields said) {
        return switch (said.text("state", "")) {
            case "pending" -> new Reviews.Pending();
            case "approved" -> new Reviews.Approved();
            case "changes_requested" -> new Reviews.ChangesRequested(said.texts("names"));
            default -> new Reviews.Unknown(said.text("reason", ""));
        };
    }
}
