package dev.reeve.decide;

import dev.reeve.model.BeatFacts;
import dev.reeve.model.PullRequestLookup;
import dev.reeve.model.Signal;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;

import java.util.Objects;
import java.util.Optional;

/** What an operator can do about a signal. Status, explanation and pages print the same words. */
public final class Remedies {

    private static final String AGAIN = "it is tried again by itself after its rest while attempts are left";

    private Remedies() {}

    /** The remedy for a signal about a task. */
    public static String of(Signal signal, BeatFacts facts) {
        return of(signal, new Names(facts.slug().value(), place(signal, facts.task().path()), pullRequest(facts),
                OrphanRemedy.of(facts), again(facts)));
    }

    /** The remedy for a signal that is about no single task. */
    public static String of(Signal signal) {
        var slug = Optional.ofNullable(signal.slug()).map(Objects::toString).orElse("SLUG");
        return of(signal, new Names(slug, place(signal, Optional.empty()), "its pull request",
                "run `reeve register prune`, which says why it stays", AGAIN));
    }

    /**
     * How a task, the place in its file and its pull request are called.
     *
     * @param orphan what to do about its register entry, if that is an orphan
     * @param again whether it is tried again
     */
    private record Names(String slug, String place, String pullRequest, String orphan, String again) {

        String command(String name) {
            return "`reeve " + name + " " + slug + "`";
        }

        String force() {
            return "`reeve dispatch " + slug + " --force`";
        }

        /** A worker can do that as well. */
        String orAWorker() {
            return ", or let a worker do it with `reeve continue " + slug + " -m TEXT`";
        }

        String set(String assignment) {
            return "`reeve task set " + slug + " " + assignment + "`";
        }

        String orSayWhereItStands() {
            return ", or say where the task stands with " + set("status=…");
        }

        String accountFor() {
            return "see what it did with " + command("history")
                    + "; open a pull request for what is in its worktree, or let a worker go on with "
                    + command("continue") + orSayWhereItStands();
        }

        String reconcile() {
            return command("reconcile");
        }
    }

    private static String place(Signal signal, Optional<TaskPath> path) {
        return Optional.ofNullable(signal.place())
                .map(Objects::toString)
                .or(() -> path.map(p -> Text.plain(p.value(), 300)))
                .orElse("its file");
    }

    private static String again(BeatFacts facts) {
        return facts.pullRequest() instanceof PullRequestLookup.Unknown
                ? "it is not tried again by itself as long as GitHub can't be asked for its pull request"
                : AGAIN;
    }

    private static String pullRequest(BeatFacts facts) {
        return facts.pullRequest() instanceof PullRequestLookup.Found(var pr)
                ? "PR #" + pr.number() + " (" + Text.plain(pr.url(), 200) + ")"
                : "its pull request";
    }

    private static String of(Signal signal, Names task) {
        return switch (signal.kind()) {
            case INVALID_SLUG -> "rename " + task.place() + ": lower-case letters, digits and -, then .md";
            case DUPLICATE_SLUG -> "rename all but one of the files, " + task.place() + " or another";
            case INVALID_FRONTMATTER, INVALID_STATUS -> "edit " + task.place() + ", then run `reeve task check`";
            case STATE_FILE_CORRUPT ->
                "make sure that no worker is at it, then run " + task.reconcile()
                        + ": the file is set aside and rebuilt";
            case UNROUTABLE_OWNER -> "name another owner with " + task.set("owner=NAME")
                    + ", or add this one to owners or roles in .reeve.yml";
            case UNKNOWN_DEPENDENCY -> "correct or remove the dependency at " + task.place();
            case DEPENDENCY_CYCLE -> "remove a dependency of the circle, such as the one at " + task.place();
            case DISPATCH_WORKER_GONE -> "see how far it came with " + task.command("watch")
                    + "; " + task.again() + ", at once with " + task.command("continue");
            case DISPATCH_FAILED -> "see why with " + task.command("history") + " and " + task.command("watch")
                    + ", and mend that; " + task.again() + ", at once and with new attempts by " + task.force();
            case DISPATCH_STALLED -> "see what it does with " + task.command("watch") + "; if it hangs, end it with "
                    + task.command("stop");
            case PR_CLOSED_UNMERGED -> "reopen " + task.pullRequest() + ", or give the task up with "
                    + task.set("status=cancelled") + ", or begin anew with " + task.set("branch=NAME");
            case PR_CONFLICT -> "merge the default branch into " + task.pullRequest() + " and push";
            case PR_CI_FAILING -> "mend what fails in " + task.pullRequest() + task.orAWorker();
            case PR_CHANGES_REQUESTED -> "answer the review of " + task.pullRequest() + task.orAWorker();
            case DISPATCH_COMPLETED_UNRECONCILED -> task.accountFor();
            case STALE_IN_PROGRESS_RECONCILE ->
                "bring it to its end: merge " + task.pullRequest() + task.orSayWhereItStands();
            case METADATA_DRIFT -> "merge " + task.pullRequest()
                    + ", or bring what is right over with `reeve task set " + task.slug() + " key=value`";
            case REGISTER_ORPHAN -> task.orphan();
            case STUCK_IN_PROGRESS ->
                "go on with it, or run " + task.reconcile() + ", which puts it back into the queue";
            case PICKUP_OVERDUE -> "see that the agent of its owner runs (`reeve run`), or start it yourself: "
                    + task.command("dispatch");
            case PASS_FAILED ->
                "run `reeve heartbeat --once --debug` to see why; heartbeat.off in .reeve.yml can leave the pass out";
            case DISPATCH_PAUSED -> "nothing: it goes on by itself when the limit ends";
            case DISPATCH_RETRY_COOLDOWN ->
                "nothing: it is tried again when its rest is over; at once with " + task.force();
            case REOPENED -> "nothing: its next pull request completes it";
            case PR_REVIEW_PENDING -> "review " + task.pullRequest();
            case LOOKUP_FAILED -> "run `reeve doctor`: it says whether GitHub answers and what the token may do";
            case ORPHANED_WORKTREE -> "commit and push what it has, then run " + task.reconcile();
        };
    }
}
