package dev.reeve.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Reeve this is, as the build wrote it. */
final class Version {

    private Version() {}

    /** {@code reeve 0.1.0}. */
    static String line() {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("/reeve.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "reeve " + properties.getProperty("version", "unknown");
    }
}
