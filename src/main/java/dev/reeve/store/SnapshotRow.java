package dev.reeve.store;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Judgement;
import dev.reeve.model.Judgement.Dispatchability;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.PullRequestStanding.Reviews;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.TaskSummary;
import dev.reeve.model.Worktree;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes what a snapshot says of one task. */
record SnapshotRow(JsonGenerator json, SnapshotMembers members) {

    void write(Judgement task) throws IOException {
        var facts = task.facts();
        json.writeStartObject();
        members.word("slug", facts.slug().value());
        members.word("bucket", task.bucket().id());
        members.text("reason", task.reason());
        switch (task.dispatch()) {
            case Dispatchability.Dispatchable(var since) -> members.time("dispatchable_since", since);
            case Dispatchability.NotDispatchable(var reason) -> members.text("not_dispatchable", reason);
        }
        if (task.incident().isPresent()) {
            members.texts("signals", task.signals().stream().map(signal -> signal.kind().id()).distinct().toList());
        }
        var path = facts.task().path();
        members.text("path", path.isPresent() ? path.get().value() : null);
        if (facts.task() instanceof CatalogEntry.Valid(var summary)) {
            intent(summary, facts.dependencies());
        }
        var desk = facts.desk();
        if (desk.isPresent()) {
            desk(desk.get());
        }
        pullRequest(facts);
        json.writeEndObject();
    }

    private void intent(TaskSummary task, List<BeatFacts.Dependency> dependencies) throws IOException {
        members.text("title", task.title());
        members.word("status", task.status().id());
        members.word("priority", task.priority().id());
        members.text("milestone", task.milestone());
        members.text("owner", task.owner());
        if (!dependencies.isEmpty()) {
            json.writeArrayFieldStart("depends_on");
            for (var dependency : dependencies) {
                json.writeStartObject();
                members.word("slug", dependency.slug().value());
                members.word("state", members.id(dependency.state()));
                members.time("since", dependency.since());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        members.text("branch", task.branch().value());
        if (task.openBoxes() > 0) {
            json.writeNumberField("open_boxes", task.openBoxes());
        }
        members.time("modified", task.modified());
    }

    private void desk(DeskFacts.AtDesk desk) throws IOException {
        if (desk.run() instanceof DeskFacts.LastRun.Known(var run)) {
            run(run);
        }
        switch (desk.claim()) {
            case DeskFacts.Claim.None(),DeskFacts.Claim.Unreadable _ -> {
            }
            case DeskFacts.Claim.Held(var owner, var entry) -> register(owner, entry);
            case DeskFacts.Claim.HeldByAnother(var owner, var entry) -> register(owner, entry);
        }
        if (desk.place() instanceof DeskFacts.WorktreePlace.There(var worktree, _)) {
            worktree(worktree);
        }
    }

    private void run(Run run) throws IOException {
        json.writeObjectFieldStart("run");
        members.text("run_id", run.runId());
        members.text("state", run.state());
        json.writeBooleanField("alive", run.alive());
        members.number("exit_code", run.exitCode());
        members.text("outcome", run.outcome());
        members.time("started_at", run.startedAt());
        members.time("updated_at", run.updatedAt());
        members.time("output_at", run.outputAt());
        members.time("retry_at", run.retryAt());
        members.text("summary", run.account().summary());
        members.text("reason", run.account().reason());
        members.text("claimed", run.account().claimed());
        members.text("head", run.account().head() == null ? null : run.account().head().value());
        if (run.pendingUpdates() > 0) {
            json.writeNumberField("pending_updates", run.pendingUpdates());
        }
        var tombstone = run.tombstone();
        if (tombstone != null) {
            json.writeObjectFieldStart("tombstone");
            members.text("run_id", tombstone.runId());
            members.text("state", tombstone.state());
            members.number("exit_code", tombstone.exitCode());
            members.text("outcome", tombstone.outcome());
            members.time("updated_at", tombstone.updatedAt());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void register(OwnerKey owner, RegisterEntry entry) throws IOException {
        json.writeObjectFieldStart("register");
        members.text("owner", owner.value());
        members.text("task_path", entry.taskPath());
        members.text("worktree_path", entry.worktreePath());
        members.text("branch", entry.branch());
        members.time("registered_at", entry.registeredAt());
        members.time("launched_at", entry.launchedAt());
        members.time("started_at", entry.startedAt());
        json.writeNumberField("attempts", entry.attempts());
        members.text("run_id", entry.runId());
        members.number("pr_number", entry.prNumber());
        json.writeEndObject();
    }

    private void worktree(Worktree worktree) throws IOException {
        json.writeObjectFieldStart("worktree");
        members.text("path", worktree.path().toString());
        members.text("branch", worktree.branch() == null ? null : worktree.branch().value());
        members.text("head", worktree.head() == null ? null : worktree.head().value());
        json.writeBooleanField("clean", worktree.clean());
        json.writeBooleanField("pushed", worktree.pushed());
        members.number("ahead", worktree.ahead());
        members.time("last_activity", worktree.lastActivity());
        if (worktree.bytes() >= 0) {
            json.writeNumberField("bytes", worktree.bytes());
        }
        json.writeEndObject();
    }

    private void pullRequest(BeatFacts facts) throws IOException {
        switch (facts.pullRequest()) {
            case PullRequestLookup.None() -> {
            }
            case PullRequestLookup.Found(var found) -> pullRequest(found, facts.standing());
            case PullRequestLookup.Unknown(var reason) -> {
                if (hasSignOfOne(facts)) {
                    members.text("pull_request_unknown", reason);
                }
            }
        }
    }

    /** A task that nobody has begun has none, whether or not GitHub can be asked. */
    private static boolean hasSignOfOne(BeatFacts facts) {
        return facts.detail().isPresent()
                || (facts.task() instanceof CatalogEntry.Valid(var task) && task.prNumber() != null);
    }

    private void pullRequest(PullRequest found, Optional<PullRequestStanding> standing) throws IOException {
        json.writeObjectFieldStart("pull_request");
        json.writeNumberField("number", found.number());
        members.word("state", members.id(found.state()));
        members.text("url", found.url());
        members.text("title", found.title());
        members.word("head", found.headSha().value());
        if (standing.isPresent()) {
            checks(standing.get().checks());
            reviews(standing.get().reviews());
            members.word("mergeability", members.id(standing.get().mergeability()));
            members.time("as_of", standing.get().askedAt());
        }
        json.writeEndObject();
    }

    private void checks(Checks checks) throws IOException {
        switch (checks) {
            case Checks.None() -> answer("checks", "none", List.of(), null);
            case Checks.Pending(var names) -> answer("checks", "pending", names, null);
            case Checks.Passed() -> answer("checks", "passed", List.of(), null);
            case Checks.Failed(var names) -> answer("checks", "failed", names, null);
            case Checks.Unknown(var reason) -> answer("checks", "unknown", List.of(), reason);
        }
    }

    private void reviews(Reviews reviews) throws IOException {
        switch (reviews) {
            case Reviews.Pending() -> answer("reviews", "pending", List.of(), null);
            case Reviews.Approved() -> answer("reviews", "approved", List.of(), null);
            case Reviews.ChangesRequested(var logins) -> answer("reviews", "changes_requested", logins, null);
            case Reviews.Unknown(var reason) -> answer("reviews", "unknown", List.of(), reason);
        }
    }

    private void answer(String name, String state, List<String> names, @Nullable String reason) throws IOException {
        json.writeObjectFieldStart(name);
        members.word("state", state);
        members.texts("names", names);
        members.text("reason", reason);
        json.writeEndObject();
    }
}
