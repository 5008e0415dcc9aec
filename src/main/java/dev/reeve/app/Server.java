package dev.reeve.app;

import dev.reeve.config.ServerConfiguration;
import dev.reeve.inbox.Inbox;
import dev.reeve.inbox.Pending;
import dev.reeve.web.WebServer;

import java.util.concurrent.CountDownLatch;

/**
 * The running server: {@code reeve serve}.
 *
 * <p><b>Threading.</b> Started by one thread; any may ask it something or close it.
 */
public final class Server implements AutoCloseable {

    private final Inbox inbox;
    private final WebServer web;
    private final Assembly assembly;

    Server(Inbox inbox, WebServer web, Assembly assembly) {
        this.inbox = inbox;
        this.web = web;
        this.assembly = assembly;
    }

    /** Starts a server on this machine. */
    public static Server start(ServerConfiguration configuration) {
        return start(configuration, Machine.real());
    }

    /**
     * Starts a server. When this returns, it listens and works, or, where no App is configured, waits for being set up; when it throws, nothing is left running.
     *
     * @throws IllegalArgumentException when a key or an address can't be used; the message says what to do
     */
    public static Server start(ServerConfiguration configuration, Machine machine) {
        var assembly = new Assembly(configuration, machine);
        try {
            return assembly.server();
        } catch (RuntimeException e) {
            assembly.close();
            throw e;
        }
    }

    /** Whether an App is configured, so that it works; else it waits for being set up. */
    public boolean works() {
        return assembly.working().isPresent();
    }

    /** Where it is set up, as long as it waits for that. */
    public String setupPage() {
        return assembly.setupPage(web.port());
    }

    /** The port that it listens on. */
    public int port() {
        return web.port();
    }

    /** True when no work is due, running or waiting for another try. */
    public boolean isIdle() {
        return isSettled() && inbox.queue().pending().later() == 0;
    }

    /** True when no work is due or running; some may be waiting for its time. */
    public boolean isSettled() {
        // What the rounds ask for is in the queue before they are quiet.
        return assembly.working().map(working -> working.rounds().isQuiet()).orElse(true)
                && isSettled(inbox.queue().pending());
    }

    private boolean isSettled(Pending pending) {
        return pending.due() == 0 && pending.running() == 0
                && assembly.working().map(working -> working.runner().running() == 0).orElse(true);
    }

    /** Looks for due work now; for when the clock was set, which a sleeping thread doesn't notice. */
    public void wake() {
        assembly.working().ifPresent(working -> {
            working.rounds().wake();
            working.runner().wake();
        });
    }

    /** What it keeps of deliveries and work. */
    public Inbox inbox() {
        return inbox;
    }

    /**
     * Waits for the signal that ends the process (SIGTERM, Ctrl-C) and closes the server then.
     *
     * @param afterwards what is done last, when the server is closed
     * @throws InterruptedException when the waiting thread is interrupted; the server runs on
     */
    public void runUntilTheProcessEnds(Runnable afterwards) throws InterruptedException {
        // The process ends as soon as its hooks have run, so the server is closed in one of them and not after the wait.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            close();
            afterwards.run();
        }));
        new CountDownLatch(1).await();
    }

    /** Takes in no more, lets what runs come to its end for a while, and stops. What is left is taken up by the next start. */
    @Override
    public void close() {
        assembly.close();
    }
}
