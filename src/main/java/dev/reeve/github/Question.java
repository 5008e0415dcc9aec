package dev.reeve.github;

import dev.reeve.github.ApiRequest.Repeat;

import java.util.function.Consumer;

/**
 * What Reeve wants of GitHub, which may take the library several requests.
 *
 * @param needs the permission without which GitHub refuses it
 * @param repeat whether each of its requests may be sent again
 * @param form fails as {@link GitHubFailure.Kind.Malformed} on an answer that lacks what is read from it
 */
record Question(Permission needs, Repeat repeat, Consumer<Fields> form) {

    /** A question that changes nothing. */
    static Question reading(Permission needs, Consumer<Fields> form) {
        return new Question(needs, Repeat.HARMLESS, form);
    }
}
