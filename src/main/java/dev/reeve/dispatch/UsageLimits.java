package dev.reeve.dispatch;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells from what a worker printed that it ran into a usage limit. What it printed may be anything, so the patterns are matched in linear time (RE2). */
record UsageLimits(List<Pattern> patterns, Duration pause) {

    private static final String RESET = "reset";
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    static UsageLimits of(RunOrder.Limits limits) {
        return new UsageLimits(limits.usage().stream().map(Pattern::compile).toList(), limits.pause());
    }

    /** When the limit ends, by the last line that speaks of one. */
    Optional<Instant> find(byte[] output, Instant now) {
        Optional<Instant> found = Optional.empty();
        for (var line : new String(output, StandardCharsets.UTF_8).lines().toList()) {
            for (var pattern : patterns) {
                var matcher = pattern.matcher(line);
                if (matcher.find()) {
                    found = Optional.of(reset(pattern, matcher).orElse(now.plus(pause)));
                }
            }
        }
        return found;
    }

    private static Optional<Instant> reset(Pattern pattern, Matcher matcher) {
        return pattern.namedGroups().containsKey(RESET) ? Optional.ofNullable(matcher.group(RESET))
                .flatMap(UsageLimits::time) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            if (text.matches("[0-9]{1,15}")) {
                long number = Long.parseLong(text);
                return Optional.of(number < MILLISECONDS_FROM ? Instant.ofEpochSecond(number)
                        : Instant.ofEpochMilli(number));
            }
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
