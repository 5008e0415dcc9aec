package dev.reeve.api;

import dev.reeve.inbox.Forcing;
import dev.reeve.model.Text;
import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * Who calls.
 *
 * @param shown what was verified: {@code admin token}, {@code this machine}
 * @param name what the caller says, unverified; null for nothing
 * @param command the command of Reeve's that calls, unverified; null when it isn't one
 */
public record Caller(String shown, @Nullable String name, @Nullable String command) {

    private static final int LONGEST = 80;
    private static final Pattern COMMAND = Pattern.compile("reeve [a-z ]{1,30}");

    /** Their wish.
     * @param by the name that the body gives, which goes before the header's; null for none
     * @param call what they called; the command of Reeve's by which they did, as they say, stands in brackets after it
     */
    Forcing forcing(@Nullable String by, String call) {
        var given = by == null ? name : by;
        var how = command != null && COMMAND.matcher(command).matches() ? call + " (" + command + ")" : call;
        return new Forcing(given == null || given.isBlank() ? shown
                : shown + " (" + Text.plain(given.strip(), LONGEST) + ")", how);
    }
}
