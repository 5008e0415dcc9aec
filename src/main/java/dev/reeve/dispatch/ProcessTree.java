package dev.reeve.dispatch;

import dev.reeve.model.RunId;
import dev.reeve.store.ProcessIdentity;
import dev.reeve.store.ProcessTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All processes that came of a run: those in the worker's session, and those that inherited its environment wherever they went since (as build servers find the leftovers of a build). On systems without {@code /proc}
 * the worker's descendants as far as the JVM sees them.
 *
 * <p><b>Threading:</b> immutable.
 */
final class ProcessTree {

    /** Its value in a process's environment says which run that belongs to. */
    static final String COOKIE = "REEVE_RUN_ID";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Path PROC = Path.of("/proc");
    private static final int LARGEST_ENVIRONMENT = 4 << 20;
    private static final long PAUSE_MILLIS = 20;
    private static final Duration UNTIL_KILLED = Duration.ofSeconds(10);

    private final String cookie;
    private final List<ProcessIdentity> leaders;
    private final ProcessTable table = new ProcessTable();

    /** @param leaders what the run has started, each the leader of a session */
    ProcessTree(RunId run, Collection<ProcessIdentity> leaders) {
        this.cookie = COOKIE + "=" + run;
        this.leaders = List.copyOf(leaders);
    }

    /**
     * Ends them all: asks, waits, and kills what is still there.
     *
     * @param grace how long they may take to end by themselves; none kills at once
     * @return whether none is left
     */
    boolean end(Duration grace) throws InterruptedException {
        if (!grace.isZero()) {
            living().forEach(ProcessHandle::destroy);
            awaitNone(grace);
        }
        long deadline = System.nanoTime() + UNTIL_KILLED.toNanos();
        for (var left = living(); !left.isEmpty(); left = living()) {
            // Again and again: while one is killed another may be born.
            left.forEach(ProcessHandle::destroyForcibly);
            if (System.nanoTime() > deadline) {
                LOG.warn("{} processes of {} can't be ended", left.size(), cookie);
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    private void awaitNone(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        while (!living().isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Those that live now. A zombie does nothing any more and goes with its parent. */
    List<ProcessHandle> living() {
        return Files.isDirectory(PROC.resolve("self")) ? byProc() : descendants();
    }

    private List<ProcessHandle> descendants() {
        var found = new ArrayList<ProcessHandle>();
        leaders.stream().flatMap(leader -> ProcessHandle.of(leader.pid()).stream()).forEach(leader -> {
            found.add(leader);
            leader.descendants().forEach(found::add);
        });
        found.removeIf(process -> !process.isAlive());
        return found;
    }

    private List<ProcessHandle> byProc() {
        var found = new ArrayList<ProcessHandle>();
        long self = ProcessHandle.current().pid();
        try (var all = Files.newDirectoryStream(PROC, "[1-9]*")) {
            var sessions = sessions();
            for (var process : all) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != self && isOurs(process, sessions)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("processes could not be listed", e);
        }
        return found;
    }

    /**
     * The sessions that are the run's beyond doubt. A pid is given to nobody else as long as the session lives that bears it; where another process has the pid, or the machine was started anew, the session is over and the number
     * says nothing.
     */
    private Set<String> sessions() throws IOException {
        var sessions = new HashSet<String>();
        var boot = table.identify(ProcessHandle.current().pid()).map(ProcessIdentity::bootId);
        for (var leader : leaders) {
            boolean isKnown = leader.startTicks() != null && boot.equals(Optional.ofNullable(leader.bootId()));
            if (isKnown && table.identify(leader.pid()).map(leader::equals).orElse(true)) {
                sessions.add(Long.toString(leader.pid()));
            }
        }
        return sessions;
    }

    private boolean isOurs(Path process, Set<String> sessions) {
        var stat = text(process.resolve("stat"), 4096);
        // Behind the name, which may hold anything: state, parent, group, session (proc_pid_stat(5)).
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < 4 || fields[0].equals("Z") || fields[0].equals("X")) {
            return false;
        }
        return sessions.contains(fields[3])
                || ("\0" + text(process.resolve("environ"), LARGEST_ENVIRONMENT)).contains("\0" + cookie + "\0");
    }

    /** Empty when it is gone, or another user's. */
    private static String text(Path file, int most) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(most), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
