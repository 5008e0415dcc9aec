package dev.reeve.durable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What people are told of a failure: what is wrong and where, without the names of Java's classes where a message was written for people. May hold text from outside, to be escaped. */
public final class FailureWords {

    private FailureWords() {}

    /** The failure, or the one it only passes on. */
    public static String of(Throwable failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "this user may not read or write " + denied.getFile();
            case NoSuchFileException missing when missing.getReason() == null -> missing.getFile() + " is not there";
            case FileSystemException file when file.getReason() != null -> file.getFile() + ": " + file.getReason();
            case UncheckedIOException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
            case Exception ours when ours.getMessage() != null && isWritten(ours) -> ours.getMessage();
            default -> failure.toString();
        };
    }

    /** Whether its message is all that people need. */
    private static boolean isWritten(Exception failure) {
        return failure.getClass().getName().startsWith("dev.reeve.") || failure.getClass() == IOException.class;
    }
}
