package dev.reeve.git;

/** Where credentials come from; asked before every command that talks to the remote. */
@FunctionalInterface
public interface CredentialSource {

    /** Credentials that can be used now. */
    Credentials get();

    /** Takes note that the remote didn't accept these; true when the next ones are others, so that it is worth a try. */
    default boolean renew(Credentials refused) {
        return false;
    }
}
