package dev.reeve.config;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.reeve.model.Text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * How a worker's output says that its usage limit is reached: a pattern in <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>, which takes time linear in
 * the output whatever that holds. {@code ^} and {@code $} are the ends of a line.
 *
 * @param text its group {@code reset}, where it has one, is when the limit ends
 */
public record UsageLimitPattern(String text) {

    private static final String RESET = "reset";
    private static final int LONGEST_LINE = 500;
    /** Later than any second that is meant, earlier than any millisecond. */
    private static final long FIRST_MILLISECOND = 100_000_000_000L;

    /**
     * A usage limit that was reached.
     *
     * @param said what the worker said, safe to print
     * @param reset when it ends, as the worker said, which may be long past or far away; empty when it didn't, or not in a form that is understood
     */
    public record Reached(String said, Optional<Instant> reset) {}

    /** What is wrong with it, for people; nothing when it can be used. */
    Optional<String> fault() {
        try {
            return compiled().matcher("").find() ? Optional.of("matches every output") : Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("is not a pattern in RE2's syntax: " + Text.plain(e.getDescription(), LONGEST_LINE));
        }
    }

    /** The last place where an output says so. */
    public Optional<Reached> in(String output) {
        var matcher = compiled().matcher(output);
        var reached = Optional.<Reached>empty();
        while (matcher.find()) {
            reached = Optional.of(new Reached(Text.plain(matcher.group().strip(), LONGEST_LINE), reset(matcher)));
        }
        return reached;
    }

    private Pattern compiled() {
        return Pattern.compile(text, Pattern.MULTILINE);
    }

    private static Optional<Instant> reset(Matcher matcher) {
        return matcher.pattern().namedGroups().containsKey(RESET)
                ? Optional.ofNullable(matcher.group(RESET)).flatMap(UsageLimitPattern::instant)
                : Optional.empty();
    }

    private static Optional<Instant> instant(String written) {
        try {
            if (!written.matches("[0-9]{1,15}")) {
                return Optional.of(OffsetDateTime.parse(written).toInstant());
            }
            long count = Long.parseLong(written);
            return Optional.of(count < FIRST_MILLISECOND ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count));
        } catch (DateTimeException e) {
            // An hour of a day somewhere, for people: the configured pause stands for it.
            return Optional.empty();
        }
    }
}
