package dev.reeve.git;

import java.util.List;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a run of git gave: its exit code, what it printed, and what it said on standard error. */
final class Output {

    private final int exitCode;
    private final byte[] bytes;
    private final String errors;

    Output(int exitCode, byte[] bytes, String errors) {
        this.exitCode = exitCode;
        this.bytes = bytes;
        this.errors = errors;
    }

    int exitCode() {
        return exitCode;
    }

    /** Not copied: it may be large. */
    byte[] bytes() {
        return bytes;
    }

    String errors() {
        return errors;
    }

    String text() {
        return new String(bytes, UTF_8);
    }

    /** Its first line, empty when it printed nothing. */
    String line() {
        return text().lines().findFirst().orElse("");
    }

    Stream<String> lines() {
        return text().lines();
    }

    /** What was printed with NUL after every field. */
    List<String> fields() {
        var text = text();
        return text.isEmpty() ? List.of() : List.of(text.substring(0, lastNul(text)).split("\0", -1));
    }

    private static int lastNul(String text) {
        return text.endsWith("\0") ? text.length() - 1 : text.length();
    }
}
