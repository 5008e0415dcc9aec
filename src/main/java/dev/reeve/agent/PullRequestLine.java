package dev.reeve.agent;

import dev.reeve.agent.PullRequestSource.Connected;
import dev.reeve.agent.PullRequestSource.Missing;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The connection to GitHub: opened when it is first needed, kept, and opened anew after it was dropped because GitHub did not accept the token.
 *
 * <p><b>Threading</b>: any thread; a connection that is opened while another thread closes the line is closed as well.
 */
final class PullRequestLine implements AutoCloseable {

    private final Supplier<PullRequestSource> opening;
    private @Nullable Connected connected;
    private boolean closed;

    PullRequestLine(Supplier<PullRequestSource> opening) {
        this.opening = opening;
    }

    /** Opens it where needed, which may take as long as a program that is asked for a token. */
    PullRequestSource open() {
        var existing = connected();
        if (existing.isPresent()) {
            return existing.get();
        }
        var source = opening.get();
        return source instanceof Connected fresh ? keep(fresh) : source;
    }

    private synchronized Optional<Connected> connected() {
        return Optional.ofNullable(connected);
    }

    private synchronized PullRequestSource keep(Connected fresh) {
        if (closed) {
            fresh.connection().run();
            return new Missing("the connection to GitHub was closed");
        }
        connected = fresh;
        return fresh;
    }

    /** Whatever is asked next is asked with a token that is read anew. */
    synchronized void drop() {
        if (connected != null) {
            connected.connection().run();
            connected = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        drop();
    }
}
