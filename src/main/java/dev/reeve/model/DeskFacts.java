package dev.reeve.model;

/** What is known of a task where the operator's agent works: register, dispatch files, worktree. */
public sealed interface DeskFacts {

    /** There is no operator's checkout on this machine: nothing is known, which isn't the same as nothing being there. */
    record NoDesk() implements DeskFacts {}

    /**
     * An operator's checkout was looked at.
     *
     * @param root the task file in its working tree
     * @param rootState whether the operator has changed that file
     * @param claim its register entry
     * @param place its worktree
     * @param run what its dispatch status says
     * @param dispatchFiles whether any dispatch files of it are there
     */
    record AtDesk(TaskCopy root, LocalState rootState, Claim claim, WorktreePlace place, LastRun run,
            DispatchFiles dispatchFiles) implements DeskFacts {

        /** The same once its register entry was taken out. */
        public AtDesk unclaimed() {
            return new AtDesk(root, rootState, new Claim.None(), place, run, dispatchFiles);
        }

        /** True while a worker is at it, or may be. */
        public boolean mayHaveLiveWorker() {
            return run.mayBeAlive();
        }
    }

    /** A task's entry in a register. */
    sealed interface Claim {

        /** No register has an entry of it. */
        record None() implements Claim {}

        /** The register of this owner, which the pass is about, has this entry. */
        record Held(OwnerKey owner, RegisterEntry entry) implements Claim {}

        /** The register of another owner has this entry; it is theirs to change. */
        record HeldByAnother(OwnerKey owner, RegisterEntry entry) implements Claim {}

        /** A register can't be read, so whether it has an entry is unknown. */
        record Unreadable(String reason) implements Claim {}
    }

    /** A task's last run. */
    sealed interface LastRun {

        /** True while its worker lives, or may live. */
        default boolean mayBeAlive() {
            return switch (this) {
                case None() -> false;
                case Known(var known) -> known.alive();
                case Unreadable _ -> true;
            };
        }

        /** None is known. */
        record None() implements LastRun {}

        /** Its status file states this. */
        record Known(Run run) implements LastRun {}

        /** Its status file can't be read, so whether a worker is at it is unknown. */
        record Unreadable(String reason) implements LastRun {}
    }

    /** Whether a task has dispatch files. */
    enum DispatchFiles {
        PRESENT, ABSENT
    }

    /** Where the task's worktree is, if it is anywhere. */
    sealed interface WorktreePlace {

        /** No worktree of it is there. */
        record Gone() implements WorktreePlace {}

        /**
         * Its worktree is there.
         *
         * @param copy the task file in it
         */
        record There(Worktree worktree, TaskCopy copy) implements WorktreePlace {}

        /** Git could not be asked about it; nothing may be concluded. */
        record Unreadable(String reason) implements WorktreePlace {}
    }
}
