package dev.reeve.git;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a remote asks for over HTTP. It prints as {@code ***}. */
public final class Credentials {

    private static final Credentials NONE = new Credentials("");

    private final String token;

    private Credentials(String token) {
        this.token = token;
    }

    /** No credentials: a public remote, a local one, or one for which git is configured already. */
    public static Credentials none() {
        return NONE;
    }

    /**
     * An access token, as GitHub gives it to an App's installation or a person.
     *
     * @throws IllegalArgumentException when it is empty or holds characters that can't stand in a header
     */
    public static Credentials token(String token) {
        if (token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
            throw new IllegalArgumentException("a token is a word of visible ASCII characters");
        }
        return new Credentials(token);
    }

    /** The HTTP header that carries it; GitHub takes a token as the password of any user. */
    Optional<String> header() {
        return token.isEmpty() ? Optional.empty() : Optional.of("Authorization: Basic " + encoded());
    }

    /** Whether this is the token that they hold. */
    public boolean isToken(String text) {
        return token.equals(text);
    }

    /** The words that must not be seen in anything that git says. */
    Set<String> secrets() {
        return token.isEmpty() ? Set.of() : Set.of(token, encoded());
    }

    private String encoded() {
        return Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
