package dev.reeve.github;

import java.util.OptionalLong;

/** By which right a repository is read and written. */
sealed interface Access permits InstallationTokens.OfRepository, TokenAccess.PlainToken {

    /** A token that can be used now; getting it may take requests. */
    Credentials credentials();

    /** Takes note that GitHub didn't accept these; true when the next {@link #credentials} are worth a try. */
    boolean renewable(Credentials refused);

    /** The App by which GitHub is asked, once {@link #credentials} have been had; nothing for a token that doesn't say. */
    OptionalLong app();

    /** Whether a check run by this App of GitHub's may be updated by us. */
    boolean mayUpdateRunsOf(long appId);

    /** Whether what these credentials are asked with includes the permission, as far as that is known beforehand. */
    boolean includes(Permission permission);
}
