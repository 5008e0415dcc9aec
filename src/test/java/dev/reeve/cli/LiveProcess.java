package dev.reeve.cli;

import dev.reeve.store.ProcessIdentity;
import dev.reeve.store.ProcessTable;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A real process that does nothing, named as a dispatch status names a worker. */
final class LiveProcess implements AutoCloseable {

    private final Process process;
    private final ProcessIdentity identity;

    private LiveProcess(Process process, ProcessIdentity identity) {
        this.process = process;
        this.identity = identity;
    }

    static LiveProcess start() {
        try {
            var process = new ProcessBuilder("sleep", "600").start();
            return new LiveProcess(process, new ProcessTable().identify(process.pid()).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys that name it. */
    String keys() {
        return "\"pid\":%d,\"start_ticks\":%d,\"boot_id\":\"%s\"".formatted(identity.pid(), identity.startTicks(),
                identity.bootId());
    }

    /** It ends, and has ended when this returns. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
