package dev.reeve.model;

/**
 * What a task's file said when its pull request was merged. It tells whether somebody reopened the task since: whether it was final then, and a number
 * that came with the pull request, because its worker wrote it, from one that was written after the merge.
 */
public sealed interface AtMerge {

    /** Nothing depended on it. */
    record NotAsked() implements AtMerge {}

    /** The merge commit isn't in what was fetched, so it isn't known. */
    record Unknown() implements AtMerge {}

    /** The file in the merge commit. */
    record Stated(TaskCopy copy) implements AtMerge {}
}
