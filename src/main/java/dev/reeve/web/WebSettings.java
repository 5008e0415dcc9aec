package dev.reeve.web;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Where and how the server listens.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param adminToken what {@code /metrics} asks for; null when anybody may read it
 * @param bodyMemory how many bytes the bodies being received may take together, briefly twice as many while they are copied; more is
 *        refused with 503
 * @param patience how long a connection may be silent and how long a body may take
 */
public record WebSettings(String host, int port, @Nullable AdminToken adminToken, int bodyMemory, Duration patience) {

    /** Two of GitHub's largest bodies at once, or some thousand usual ones. */
    public static final int USUAL_BODY_MEMORY = 64 * 1024 * 1024;

    /** As long as GitHub waits for an answer. */
    public static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    /** The usual limits. */
    public static WebSettings of(String host, int port, @Nullable AdminToken adminToken) {
        return new WebSettings(host, port, adminToken, USUAL_BODY_MEMORY, USUAL_PATIENCE);
    }
}
