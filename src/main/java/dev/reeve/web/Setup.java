package dev.reeve.web;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The server's first set-up, as its page needs it: {@code app} implements it.
 *
 * <p><b>Threading</b>: any thread.
 */
public interface Setup {

    /** So long a person has between filling in the form and coming back from GitHub. */
    Duration PATIENCE = Duration.ofHours(1);

    /** Whether no App is configured, so that the page is there at all. */
    boolean isOpen();

    /** What the form shows before anybody fills it in. */
    Suggestion suggestion();

    /** Begins: from now on GitHub's answer with this state is expected, once, for as long as {@link #PATIENCE}. */
    Registration begin(Wish wish, URI comeBack);

    /**
     * Ends: fetches the App that was registered, saves it and starts the work. Of several calls with the same state, GitHub is asked by one at a time, and by no other after it answered.
     *
     * @param state as GitHub repeats it
     * @param bound the state that the browser was given
     */
    Outcome finish(String code, String state, String bound);

    /** A random text that nobody can guess. */
    String unguessable();

    /**
     * What is known beforehand.
     *
     * @param gitHub where GitHub is when that is configured already, so that nobody is asked; else nothing
     */
    record Suggestion(String name, Optional<URI> publicUrl, Optional<URI> gitHub) {}

    /** Whose the App will be. */
    sealed interface Owner {

        /** Of whoever is signed in at GitHub. */
        record Person() implements Owner {}

        /** Of an organisation. */
        record Organisation(String name) implements Owner {}
    }

    /**
     * What somebody wants set up.
     *
     * @param gitHub GitHub's web address
     * @param publicUrl where others reach this server
     */
    record Wish(String name, Owner owner, URI gitHub, URI publicUrl) {}

    /**
     * What the browser posts to GitHub.
     *
     * @param action GitHub's page, with the state
     * @param manifest JSON
     * @param permissions what the App will ask for, for people
     * @param warning what won't work as it is; empty when all will
     */
    record Registration(URI action, String state, String manifest, List<String> permissions, List<String> events,
            String warning) {}

    /** What came of it. */
    sealed interface Outcome {

        /**
         * The App is registered and the server works.
         *
         * @param install where it is installed on repositories
         * @param next what else is to be done, one sentence each
         */
        record Done(String name, URI install, List<String> next) implements Outcome {}

        /** It isn't yet, and the same answer of GitHub's may be brought again: why. */
        record Again(String why) implements Outcome {}

        /** It isn't; why, and what to do. */
        record Refused(String why) implements Outcome {}
    }
}
