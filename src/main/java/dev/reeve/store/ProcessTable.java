package dev.reeve.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which processes live, by Linux's {@code /proc} (proc_pid_stat(5)). Where there is none, by what the JVM knows. A zombie counts as
 * dead: it does nothing any more.
 */
public final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final int LARGEST = 1 << 20;
    /** The kernel reports to user space in this unit on every architecture that Java runs on. */
    private static final int TICKS_A_SECOND = 100;
    private static final Pattern BOOT_TIME = Pattern.compile("(?m)^btime ([0-9]{1,15})$");

    private final Path proc;

    /** The processes of this machine. */
    public ProcessTable() {
        this(PROC);
    }

    /** @param proc where a {@code /proc} is to be read */
    ProcessTable(Path proc) {
        this.proc = proc;
    }

    /** Names a process so that it can be known again; nothing when it doesn't live. */
    public Optional<ProcessIdentity> identify(long pid) throws IOException {
        var stat = stat(pid);
        return stat == null || stat.dead() ? Optional.empty()
                : Optional.of(new ProcessIdentity(pid, stat.startTicks(), bootId()));
    }

    /**
     * Whether the very process lives.
     *
     * @param seen when it is known to have run; decides for an identity without start time: a process that started after that is another one
     */
    public boolean isAlive(ProcessIdentity process, @Nullable Instant seen) throws IOException {
        if (!Files.isDirectory(proc.resolve("self"))) {
            return isAliveElsewhere(process.pid(), seen);
        }
        var stat = stat(process.pid());
        if (stat == null || stat.dead() || (process.bootId() != null && !process.bootId().equals(bootId()))) {
            return false;
        }
        if (process.startTicks() != null) {
            return process.startTicks() == stat.startTicks();
        }
        return seen == null || !bootTime().plusSeconds(stat.startTicks() / TICKS_A_SECOND).isAfter(seen);
    }

    private static boolean isAliveElsewhere(long pid, @Nullable Instant seen) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> seen == null
                        || process.info().startInstant().map(start -> !start.isAfter(seen)).orElse(true))
                .isPresent();
    }

    private record Stat(char state, long startTicks) {

        /** Zombie or dying. */
        boolean dead() {
            return state == 'Z' || state == 'X' || state == 'x';
        }
    }

    /** Null when there is no such process. Its own name may hold spaces, parentheses and line ends, and ends with the last {@code )}. */
    private @Nullable Stat stat(long pid) throws IOException {
        var text = pid > 0 ? text(proc.resolve(Long.toString(pid)).resolve("stat")) : null;
        if (text == null) {
            return null;
        }
        // Field 3, the state, is the first one behind the name; field 22 is 19 further.
        var fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < 20 || fields[0].length() != 1 || !fields[19].matches("[0-9]{1,18}")) {
            throw new IOException(proc + "/" + pid + "/stat is not as proc_pid_stat(5) says");
        }
        return new Stat(fields[0].charAt(0), Long.parseLong(fields[19]));
    }

    private @Nullable String bootId() throws IOException {
        var text = text(proc.resolve("sys/kernel/random/boot_id"));
        return text == null ? null : text.strip();
    }

    private Instant bootTime() throws IOException {
        var text = text(proc.resolve("stat"));
        var match = BOOT_TIME.matcher(text == null ? "" : text);
        return match.find() ? Instant.ofEpochSecond(Long.parseLong(match.group(1))) : Instant.EPOCH;
    }

    private static @Nullable String text(Path file) throws IOException {
        try {
            return FileContent.read(file, LARGEST) instanceof FileContent.Bytes bytes
                    ? new String(bytes.bytes(), StandardCharsets.ISO_8859_1)
                    : null;
        } catch (IOException e) {
            // A process that ends while its file is read: "No such process".
            if (Files.exists(file.getParent())) {
                throw e;
            }
            return null;
        }
    }
}
