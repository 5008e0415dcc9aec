package dev.reeve.reconcile;

import dev.reeve.git.Trailer;
import dev.reeve.model.Fault;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;

import java.util.List;
import java.util.Optional;

/**
 * A change of one task file that decides anew on what it finds: between the decision and the write the file may have changed, moved or gone.
 */
public interface Rewrite {

    /** The task. */
    Slug slug();

    /** What to write in place of this content. */
    Result on(TaskPath path, byte[] content);

    /** Why it must not be written on this tip, though it may be on a later one: what it was decided on isn't there. */
    Optional<String> obstacle(Tip tip);

    /** The commit's message, if it becomes a commit. */
    String message();

    /** The trailers of that commit. */
    List<Trailer> trailers();

    /** What a rewrite makes of a content. */
    sealed interface Result {

        /** Write this. */
        final class Write implements Result {
            private final byte[] content;

            Write(byte[] content) {
                this.content = content;
            }

            /** The new content, the caller's to keep. */
            byte[] content() {
                return content.clone();
            }
        }

        /** Nothing is to be written any more. */
        record NotNeeded(String reason) implements Result {}

        /** The file can't be edited without touching more than is meant. */
        record Refused(Fault fault) implements Result {}
    }
}
