package dev.reeve.config;

/**
 * What is wrong with a configuration.
 *
 * @param source where the wrong value is, or where a missing one would be set
 * @param key the key's dotted path; empty when the fault is about a file as a whole
 * @param message what is wrong and what to do, without secrets and safe to print
 */
public record ConfigurationFault(Source source, String key, String message) {

    /** {@code .reeve.yml:3:9: heartbeat.idle: …} or {@code REEVE_SWEEP: …}. */
    @Override
    public String toString() {
        return source instanceof Source.InFile && !key.isEmpty()
                ? source + ": " + key + ": " + message
                : source + ": " + message;
    }
}
