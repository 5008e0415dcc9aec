package dev.reeve.api;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.WorkKey;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A call, as it came.
 *
 * @param path the parameters in the path, decoded
 * @param query those after it
 * @param body the bytes of the body; empty when there is none
 */
public record Call(Map<String, String> path, Map<String, List<String>> query, Body body, Caller caller) {

    /** Bytes that nobody changes. */
    public static final class Body {
        private final byte[] bytes;

        /** They are not copied. */
        public Body(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,17}");
    /** What comes after it is no time that anything has. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Pattern AGO = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    /** A parameter of the path. */
    String part(String name) {
        return path.getOrDefault(name, "");
    }

    /** A parameter of the query, given once or not at all. */
    Optional<String> asked(String name) {
        var values = query.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new RefusedCall(400, "the parameter " + name + " is given more than once");
        }
        return values.stream().findFirst();
    }

    /** Refuses parameters of the query that the call doesn't know, as a filter that is misspelt would show too much. */
    void knowsOnly(String... names) {
        for (var name : query.keySet()) {
            if (!Arrays.asList(names).contains(name)) {
                throw new RefusedCall(400, "there is no such parameter; there are: " + String.join(", ", names));
            }
        }
    }

    <T> @Nullable T asked(String name, String expected, Function<String, Optional<T>> read) {
        var text = asked(name);
        return text.isEmpty() ? null
                : read.apply(text.get())
                        .orElseThrow(() -> new RefusedCall(400, "the parameter " + name + " must be " + expected));
    }

    /** One of a closed set, in lower case. */
    <E extends Enum<E>> @Nullable E askedOneOf(String name, Class<E> kinds) {
        var all = Arrays.stream(kinds.getEnumConstants())
                .collect(Collectors.toMap(Call::word, kind -> kind, (one, _) -> one, java.util.LinkedHashMap::new));
        return asked(name, "one of " + String.join(", ", all.keySet()), text -> Optional.ofNullable(all.get(text)));
    }

    /** How a member of a closed set is written. */
    static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Nullable
    Long askedId(String name) {
        return asked(name, "an id", text -> Optional.of(text).filter(t -> ID.matcher(t).matches()).map(Long::valueOf));
    }

    int limit() {
        Integer limit = asked("limit", "a number from 1 to " + LARGEST_PAGE, text -> Optional.of(text)
                .filter(t -> t.matches("[1-9][0-9]{0,2}"))
                .map(Integer::valueOf)
                .filter(n -> n <= LARGEST_PAGE));
        return limit == null ? USUAL_PAGE : limit;
    }

    @Nullable
    RepositoryName askedRepository() {
        return asked("repository", "OWNER/NAME", RepositoryName::parse);
    }

    /** The repository that the path names. */
    RepositoryName repository() {
        return RepositoryName.parse(part("owner") + "/" + part("repo"))
                .orElseThrow(() -> RefusedCall.absent("the path names no repository: OWNER/NAME is expected"));
    }

    /** The key that the path names. */
    WorkKey key() {
        return new WorkKey(repository(), Subject.parse(part("subject"))
                .orElseThrow(() -> RefusedCall.absent("the path names no work: task/SLUG, pull/NUMBER, check/NUMBER, "
                        + "push or all is expected")));
    }

    /** A time, or how long ago it was. */
    static Optional<Instant> time(String text, Instant now) {
        var ago = AGO.matcher(text);
        if (ago.matches()) {
            var unit = switch (ago.group(2)) {
                case "s" -> Duration.ofSeconds(1);
                case "m" -> Duration.ofMinutes(1);
                case "h" -> Duration.ofHours(1);
                default -> Duration.ofDays(1);
            };
            return Optional.of(now.minus(unit.multipliedBy(Long.parseLong(ago.group(1)))));
        }
        try {
            return Optional.of(Instant.parse(text))
                    .filter(time -> !time.isBefore(Instant.EPOCH) && time.isBefore(LAST));
        } catch (java.time.format.DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
