package dev.reeve.git;

import dev.reeve.model.Text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A git command that did not do what it was asked. Its message names the command, never its arguments, and holds what
 * git said: on one line, escaped, bounded, without secrets.
 */
public final class GitFailure extends RuntimeException {

    private static final int LONGEST = 1000;

    /** What kind of failure it is, read from git's messages (it gives no better sign), which are asked for in English. */
    public enum Kind {
        /** The remote could not be reached, or broke off. */
        TRANSPORT(
                "(?i)could not resolve|failed to connect|could(n't| not) connect|connection (refused|reset|timed out|closed)"
                        + "|early EOF|RPC failed|hung up|unexpected disconnect|timed out|timeout|operation too slow"
                        + "|returned error: (5\\d\\d|408|429)|HTTP (5\\d\\d|408|429)|\\b(TLS|SSL)\\b|expected flush|expected packfile"
                        + "|could not read from remote repository|empty reply|unpacker error|internal server error"
                        + "|fetch-pack: invalid index-pack|bad line length"),
        /** The remote refuses, or hides, what was asked for: other credentials or permissions are needed. */
        AUTHENTICATION(
                "(?i)authentication failed|could not read (username|password)|returned error: 40[134]|HTTP 40[134]"
                        + "|permission denied( \\(|, please)|repository .*not found|invalid (username|credentials)|access denied"),
        /** It took longer than it may, or whoever waited for it was interrupted. */
        TIMED_OUT("(?!)"),
        /** The repository on this machine is damaged. */
        CORRUPT("(?i)bad object|object file .* is empty|corrupt|inflate|unable to (read|unpack|find) "
                + "|not a git repository|missing (blob|tree|commit|object)|does not match index|is truncated|could not read [0-9a-f]{40}"
                + "|bad tree|reference broken|index file .* is too small|did not send all necessary|cannot be accessed|bad (config|signature)"
                + "|unresolved delta|failed to read delta|invalid sha1 pointer|is not a valid object"),
        /** Another git, an operator's own, is changing the same thing at this moment. */
        BUSY("(?i)cannot lock ref|unable to create '.*\\.lock'|another git process"),
        /** Something else; trying the same again gives the same. */
        OTHER("");

        private final Pattern pattern;

        Kind(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        private static Kind of(String said) {
            var own = said.lines().filter(line -> !line.startsWith("remote:")).collect(Collectors.joining("\n"));
            return List.of(AUTHENTICATION, TRANSPORT, CORRUPT, BUSY)
                    .stream()
                    .filter(kind -> kind.pattern.matcher(own).find())
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    private final Kind kind;
    private final int exitCode;
    private final String detail;

    /** @param exitCode what the program returned; -1 when it was not started or did not end by itself */
    GitFailure(Kind kind, String command, int exitCode, String detail) {
        super("git " + command + (exitCode < 0 ? "" : ": exit " + exitCode) + ": " + detail);
        this.kind = kind;
        this.exitCode = exitCode;
        this.detail = detail;
    }

    /** The failure of a command that ended by itself. */
    static GitFailure of(String command, int exitCode, String said) {
        return new GitFailure(Kind.of(said), command, exitCode, oneLine(said));
    }

    /** What git said, for people: on one line, escaped, bounded. */
    static String oneLine(String said) {
        var lines = said.lines().map(String::strip).filter(line -> !line.isEmpty());
        return Text.plain(lines.collect(Collectors.joining("; ")), LONGEST);
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }

    /** What the program returned; -1 when it was not started or did not end by itself. */
    public int exitCode() {
        return exitCode;
    }

    /** What git said: on one line, escaped, of at most 1,000 characters, without secrets. */
    public String detail() {
        return detail;
    }

    /** Whether the same may succeed later without anybody doing anything. */
    public boolean retryHelps() {
        return switch (kind) {
            case TRANSPORT, TIMED_OUT, BUSY -> true;
            case AUTHENTICATION, CORRUPT, OTHER -> false;
        };
    }
}
