package dev.reeve.durable;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;

/** Another process or thread held a lock for longer than we were willing to wait. Nothing was changed. */
public final class LockTimeoutException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    LockTimeoutException(Path file, Duration patience) {
        super(file.toString(), null, "is held by another Reeve for more than " + patience.toSeconds()
                + " s; nothing was changed. Try again, or look who holds it: fuser -v FILE");
    }
}
