package dev.reeve.setup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/**
 * What became of one step.
 *
 * @param subject what it is about: a path as people know it, or a hook's name
 * @param detail what was done and why, or what is wrong and what to do; one line that may hold text from outside, to be escaped
 */
public record Deed(Kind kind, String subject, String detail) {

    /** What was done; with a dry run, what would be. */
    public enum Kind {
        /** It wasn't there. */
        CREATED,
        /** It was added to, or what is Reeve's in it was replaced. */
        UPDATED,
        /** What was Reeve's is gone. */
        REMOVED,
        /** It is as it should be. */
        KEPT,
        /** It could not be done. */
        FAILED
    }

    static Deed created(String subject, String detail) {
        return new Deed(Kind.CREATED, subject, detail);
    }

    static Deed updated(String subject, String detail) {
        return new Deed(Kind.UPDATED, subject, detail);
    }

    static Deed removed(String subject, String detail) {
        return new Deed(Kind.REMOVED, subject, detail);
    }

    static Deed kept(String subject, String detail) {
        return new Deed(Kind.KEPT, subject, detail);
    }

    static Deed failed(String subject, String detail) {
        return new Deed(Kind.FAILED, subject, detail);
    }

    /** A step in the making. */
    @FunctionalInterface
    interface Step {
        Deed take() throws IOException;
    }

    /** What a step did; what it threw is its failure. */
    static Deed of(String subject, Step step) {
        try {
            return step.take();
        } catch (AccessDeniedException e) {
            return failed(subject, "this user may not read or write " + e.getFile() + ": look at its permissions");
        } catch (FileSystemException e) {
            return failed(subject, e.getReason() == null ? String.valueOf(e.getMessage()) : e.getReason());
        } catch (IOException | RuntimeException e) {
            return failed(subject, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }
}
