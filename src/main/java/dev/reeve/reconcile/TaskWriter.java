package dev.reeve.reconcile;

import dev.reeve.model.Sha;
import dev.reeve.model.TaskPath;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Where task files are written. */
public interface TaskWriter {

    /** Writes what is still wanted; one result for each rewrite, in their order. A rewrite that fails leaves the others running. */
    List<Written> write(List<Rewrite> rewrites);

    /** What became of a rewrite. */
    sealed interface Written {

        /** It is a commit on the remote's default branch. */
        record Pushed(Sha commit) implements Written {}

        /** It is in the operator's working tree, to be committed by them. */
        record InWorkingTree(TaskPath path) implements Written {}

        /**
         * It is in the bookkeeping pull request, to be merged by a person.
         *
         * @param reason says so, for people
         */
        record Waiting(int pullRequest, String reason) implements Written {}

        /** There was nothing to write any more. */
        record NotNeeded(String reason) implements Written {}

        /** It could not be written; the reason says what to do. */
        record Failed(String reason, Again again, @Nullable RuntimeException cause) implements Written {

            /** Without an exception behind it. */
            public Failed(String reason, Again again) {
                this(reason, again, null);
            }

            static Failed of(RuntimeException e) {
                return new Failed(String.valueOf(e.getMessage()), Again.after(e), e);
            }
        }
    }
}
