package dev.reeve.kit;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.BranchName;
import dev.reeve.model.Bucket;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.DeskFacts;
import dev.reeve.model.Fault;
import dev.reeve.model.Incident;
import dev.reeve.model.Judgement;
import dev.reeve.model.LocalState;
import dev.reeve.model.MergeVisibility;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Place;
import dev.reeve.model.Priority;
import dev.reeve.model.PullRequest;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.PullRequestStanding;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Run;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.SnapshotHead;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.TaskSummary;
import dev.reeve.model.Tombstone;
import dev.reeve.model.Worktree;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** Judgements and what a heartbeat says of their queue, as a heartbeat would have made them. */
public final class Judged {

    /** When it all happened. */
    public static final Instant NOW = Instant.parse("2026-03-27T10:15:30.123456Z");

    private static final OwnerKey DAVE = new OwnerKey("dave");
    private static final Sha HEAD = new Sha("0123456789abcdef0123456789abcdef01234567");

    private Judged() {}

    /** A task of which nothing is known but its file. */
    public static Judgement plain(String slug, Bucket bucket) {
        return of(slug, bucket, "Fix " + slug);
    }

    /** The same with a title. */
    public static Judgement of(String slug, Bucket bucket, String title) {
        var name = new Slug(slug);
        var task = new TaskSummary(name, new TaskPath("tasks/" + slug + ".md"), title, TaskStatus.READY, Priority.P1,
                null, null, List.of(), BranchName.ofTask(name), null, 0, false, NOW);
        var facts = new BeatFacts(new CatalogEntry.Valid(task), Optional.empty(), new PullRequestLookup.None(),
                Optional.empty(), List.of());
        return new Judgement(facts, bucket, "nobody has begun it", new Judgement.Dispatchability.Dispatchable(NOW),
                Optional.empty());
    }

    /** A task of which everything is known. */
    public static Judgement full(String slug) {
        var name = new Slug(slug);
        var branch = new BranchName("other/" + slug);
        var task = new TaskSummary(name, new TaskPath("tasks/" + slug + ".md"), "Fix \"it\"\t\u001b[31m",
                TaskStatus.IN_PROGRESS,
                Priority.P0, "m1", "@dave", List.of(new Slug("one"), new Slug("two")), branch, 12, 2, true, NOW);
        var run = new Run("run-1", "exited", false, 1, "failed", NOW, NOW, NOW, NOW,
                new Tombstone("run-1", "exited", 1, "failed", NOW))
                .with(new Run.Account("half \"of\" it", "it ended with exit code 1", "completed_with_pr", HEAD))
                .pending(2);
        var entry = new RegisterEntry(name, "tasks/" + slug + ".md", "/w/" + slug, branch.value(), NOW, NOW, NOW, 2,
                "run-1", 12);
        var worktree = new Worktree(Path.of("/w/" + slug), branch, HEAD, false, true, 3, NOW, 4096);
        var copy = new TaskCopy.Absent();
        var desk = new DeskFacts.AtDesk(copy, LocalState.UNCHANGED, new DeskFacts.Claim.Held(DAVE, entry),
                new DeskFacts.WorktreePlace.There(worktree, copy), new DeskFacts.LastRun.Known(run),
                DeskFacts.DispatchFiles.PRESENT);
        var pr = new PullRequest(12, "A \ud800 title", "", "rj", PullRequest.State.DRAFT, branch.value(), HEAD, false,
                "main", null, null, "https://github.com/acme/shop/pull/12");
        var standing = new PullRequestStanding(new PullRequestStanding.Checks.Failed(List.of("build", "lint")),
                new PullRequestStanding.Reviews.ChangesRequested(List.of("mira")),
                PullRequestStanding.Mergeability.CONFLICT, NOW);
        var lookup = new PullRequestLookup.Found(pr);
        var facts = new BeatFacts(new CatalogEntry.Valid(task),
                Optional.of(new TaskFacts(name, copy, desk, lookup, MergeVisibility.NONE)), lookup,
                Optional.of(standing),
                List.of(new BeatFacts.Dependency(new Slug("one"), BeatFacts.Dependency.State.COMPLETED, NOW),
                        new BeatFacts.Dependency(new Slug("two"), BeatFacts.Dependency.State.UNKNOWN, Instant.EPOCH)));
        return new Judgement(facts, Bucket.NEEDS_ATTENTION, "it has signals",
                new Judgement.Dispatchability.NotDispatchable("its pull request is open"),
                Optional.of(new Incident(name, List.of(Signal.of(SignalKind.PR_CI_FAILING, name, "build fails"),
                        Signal.of(SignalKind.PR_CONFLICT, name, "it conflicts")), "Look at the build.")));
    }

    /** A task whose file is broken. */
    public static Judgement broken(String slug) {
        var name = new Slug(slug);
        var path = new TaskPath("tasks/" + slug + ".md");
        var fault = new Fault(SignalKind.INVALID_STATUS, new Place(path.value(), 3, 9), "\"redy\" is no status");
        var facts = new BeatFacts(new CatalogEntry.Faulty(name, path, List.of(fault)), Optional.empty(),
                new PullRequestLookup.Unknown("GitHub is down"), Optional.empty(), List.of());
        return new Judgement(facts, Bucket.NEEDS_ATTENTION, "its file is broken",
                new Judgement.Dispatchability.NotDispatchable("its file is broken"),
                Optional.of(new Incident(name, List.of(Signal.of(fault, name)), "Mend the file.")));
    }

    /** What a heartbeat says of these. */
    public static SnapshotHead head(String owner, List<Judgement> tasks) {
        var counts = new EnumMap<Bucket, Integer>(Bucket.class);
        for (var bucket : Bucket.values()) {
            counts.put(bucket, 0);
        }
        var incidents = new ArrayList<Incident>();
        for (var task : tasks) {
            counts.merge(task.bucket(), 1, Integer::sum);
            task.incident().ifPresent(incidents::add);
        }
        var general = Signal.of(new Fault(SignalKind.INVALID_SLUG, Place.of("tasks/Not One.md"), "rename it"), null);
        return new SnapshotHead(new OwnerKey(owner), "build-7", 42, NOW, Duration.ofMillis(1234),
                Duration.ofMinutes(3), counts, 1, 2, new SnapshotHead.Limits(4, 6), NOW.plusSeconds(60), NOW,
                "it was down",
                List.of(general), incidents);
    }
}
