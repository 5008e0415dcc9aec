package dev.reeve.store;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Times as scripts of all kinds write them: ISO-8601 with {@code Z}, with an offset ({@code +01:00}, {@code +0100}), or without a zone, which is UTC;
 * a space instead of the {@code T}; seconds since 1970, with a fraction or not, as a number or as its text, and milliseconds likewise.
 */
final class Times {

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .toFormatter();
    private static final BigDecimal MILLISECONDS_FROM = new BigDecimal("100000000000");
    private static final BigDecimal THOUSAND = new BigDecimal(1000);

    private Times() {}

    /** The time that a value states, or null. */
    static @Nullable Instant read(Json value) {
        return switch (value) {
            case Json.Str(var text) -> parse(text.strip());
            case Json.Num(var literal) -> sinceEpoch(literal);
            case Json.Arr _,Json.Obj _,Json.Literal _ -> null;
        };
    }

    private static @Nullable Instant parse(String text) {
        int day = "2026-03-27".length();
        var iso = text.length() > day && text.charAt(day) == ' ' ? text.replaceFirst(" ", "T").replace(" ", "") : text;
        try {
            return switch (ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from)) {
                case OffsetDateTime time -> time.toInstant();
                case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
                default -> null;
            };
        } catch (DateTimeException e) {
            return sinceEpoch(text);
        }
    }

    /** 100,000,000,000 seconds are in the year 5138, so as much or more is milliseconds. */
    private static @Nullable Instant sinceEpoch(String literal) {
        if (!literal.matches("[0-9]{1,13}(\\.[0-9]{1,9})?")) {
            return null;
        }
        var number = new BigDecimal(literal);
        var seconds = number.compareTo(MILLISECONDS_FROM) < 0 ? number : number.divide(THOUSAND);
        return Instant.ofEpochSecond(seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
