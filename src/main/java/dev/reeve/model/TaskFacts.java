package dev.reeve.model;

/**
 * All that a decision about one task may know, read at one moment.
 *
 * @param published the task file on the fetched default branch
 * @param desk what is known where the operator works
 * @param pullRequest the pull request that is about it
 * @param merge whether that pull request's merge is in the fetched default branch
 * @param atMerge what the task file said in that merge, when the task isn't final
 */
public record TaskFacts(Slug slug, TaskCopy published, DeskFacts desk, PullRequestLookup pullRequest,
        MergeVisibility merge, AtMerge atMerge) {

    /** Where nothing depends on what the file said in the merge. */
    public TaskFacts(Slug slug, TaskCopy published, DeskFacts desk, PullRequestLookup pullRequest,
            MergeVisibility merge) {
        this(slug, published, desk, pullRequest, merge, new AtMerge.NotAsked());
    }

    /** The copy that the operator sees: the working tree's where there is one, else the default branch's. */
    public TaskCopy root() {
        return switch (desk) {
            case DeskFacts.NoDesk() -> published;
            case DeskFacts.AtDesk atDesk -> atDesk.root();
        };
    }

    /** The same once the task's register entry was taken out. */
    public TaskFacts unclaimed() {
        return switch (desk) {
            case DeskFacts.NoDesk() -> this;
            case DeskFacts.AtDesk atDesk -> new TaskFacts(slug, published, atDesk.unclaimed(), pullRequest, merge,
                    atMerge);
        };
    }

    /** True when either copy states the task as completed. */
    public boolean isCompleted() {
        return published.isCompleted() || root().isCompleted();
    }
}
