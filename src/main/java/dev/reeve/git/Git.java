package dev.reeve.git;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The git program (2.38 or newer) and how long it may take.
 *
 * <p>It runs without what a git hook or a shell left in the environment ({@code GIT_*}), without prompts, hooks, file
 * system monitors, background upkeep, or any transport besides HTTP, SSH and local files. The machine's own
 * configuration ({@code /etc/gitconfig}) is kept in every case, because proxies and certificate authorities are set
 * there; proxies from the usual environment variables are followed too.
 *
 * <p><i>Threading:</i> immutable.
 *
 * @param program its name on the {@code PATH}, or its path
 * @param local how long a command may take that stays on this machine
 * @param network how long a command may take that talks to a remote; a transfer that has stood still for a minute ends
 *        earlier
 */
public record Git(String program, Duration local, Duration network) {

    /** The git on the {@code PATH}: two minutes for what is local, half an hour for a transfer. */
    public static Git onPath() {
        return new Git("git", Duration.ofMinutes(2), Duration.ofMinutes(30));
    }

    /** A command that runs in a folder, with the configuration of whoever runs Reeve. */
    Command in(Path folder) {
        return new Command(this, folder);
    }
}
