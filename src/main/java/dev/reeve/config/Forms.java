package dev.reeve.config;

import dev.reeve.model.BranchName;
import dev.reeve.model.Secret;
import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The ways in which values are written. */
final class Forms {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})([smh])");

    private Forms() {}

    /** A scalar that a function understands. */
    static <T> Form<T> scalar(String expected, Function<String, Optional<T>> meaning) {
        return new Scalars<>(expected, meaning);
    }

    private record Scalars<T>(String expected, Function<String, Optional<T>> meaning) implements Form<T> {
        @Override
        public Optional<T> read(Value value, Complaint wrong) {
            if (!(value instanceof Value.Scalar(var text, _))) {
                wrong.about(value, "must be " + expected + ", not a list or keys");
                return Optional.empty();
            }
            var read = meaning.apply(text.strip());
            if (read.isEmpty()) {
                wrong.about(value, Text.quoted(text) + " is not " + expected);
            }
            return read;
        }
    }

    /** A secret text: what is wrong with it is told without it. */
    static Form<Secret> secret(String expected, String pattern) {
        return new Secrets(expected, Pattern.compile(pattern, Pattern.DOTALL));
    }

    private record Secrets(String expected, Pattern pattern) implements Form<Secret> {
        @Override
        public Optional<Secret> read(Value value, Complaint wrong) {
            if (value instanceof Value.Scalar(var text, _) && pattern.matcher(text.strip()).matches()) {
                return Optional.of(new Secret(text.strip()));
            }
            wrong.about(value, "must be " + expected + " (what was set is not shown)");
            return Optional.empty();
        }
    }

    /** Any text on one line that isn't empty. */
    static Form<String> text(int longest) {
        return scalar("one line of text of at most " + longest + " characters",
                text -> Optional.of(text)
                        .filter(t -> !t.isEmpty() && t.length() <= longest
                                && t.chars().noneMatch(c -> c < 0x20 || c == 0x7f)));
    }

    /** A text of a pattern. */
    static Form<String> matching(String pattern, String expected) {
        var compiled = Pattern.compile(pattern);
        return scalar(expected, text -> Optional.of(text).filter(t -> compiled.matcher(t).matches()));
    }

    /** A whole number within bounds, both included. */
    static Form<Integer> integer(int least, int most) {
        return scalar("a whole number from " + least + " to " + most,
                text -> Optional.of(text)
                        .filter(t -> t.matches("[0-9]{1,9}"))
                        .map(Integer::valueOf)
                        .filter(n -> n >= least && n <= most));
    }

    /** A length of time within bounds, both included. */
    static Form<Duration> duration(String least, String most) {
        var from = parseDuration(least).orElseThrow();
        var to = parseDuration(most).orElseThrow();
        return scalar("a duration from " + least + " to " + most + ", written as 90s, 3m or 1h",
                text -> parseDuration(text).filter(d -> d.compareTo(from) >= 0 && d.compareTo(to) <= 0));
    }

    private static Optional<Duration> parseDuration(String text) {
        var matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
        });
    }

    /** Whole seconds, as the scripts that Reeve replaces count. */
    static Form<Duration> seconds(int least, int most) {
        var number = integer(least, most);
        return scalar(number.expected() + ", in seconds",
                text -> number.read(Value.builtIn(text), (_, _) -> {}).map(Duration::ofSeconds));
    }

    /** {@code true} or {@code false}, nothing else. */
    static Form<Boolean> truth() {
        return scalar("true or false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** A constant of an enum, in lower case with {@code -} for {@code _}. */
    static <E extends Enum<E>> Form<E> oneOf(Class<E> type) {
        var constants = List.of(type.getEnumConstants());
        var names = constants.stream().map(Forms::nameOf).collect(Collectors.joining(", "));
        return scalar("one of " + names,
                text -> constants.stream().filter(c -> nameOf(c).equals(text)).findFirst());
    }

    /** How an enum's constant is written. */
    static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A file or folder in the repository. */
    static Form<TaskPath> inRepository() {
        return scalar("a path inside the repository, with / between its parts and without .. or a leading /",
                text -> TaskPath.parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    }

    /** A branch's name. */
    static Form<BranchName> branch() {
        return scalar("a branch name", BranchName::parse);
    }

    /** A file or folder of this machine; a relative one is relative to where it was written. */
    static Form<Path> path() {
        return scalar("a path", text -> {
            try {
                return Optional.of(Path.of(text)).filter(p -> !text.isEmpty());
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    /** An address without user, query or fragment; a slash at its end is dropped. */
    static Form<URI> url(String... schemes) {
        var allowed = Set.copyOf(Arrays.asList(schemes));
        return scalar("an address such as https://example.com (" + String.join(" or ", schemes) + ")",
                text -> parseUrl(text).filter(uri -> allowed.contains(uri.getScheme())));
    }

    private static Optional<URI> parseUrl(String text) {
        try {
            var uri = new URI(text.endsWith("/") ? text.replaceAll("/+$", "") : text);
            boolean named = uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= 65_535;
            boolean local = "file".equals(uri.getScheme()) && uri.getAuthority() == null && uri.getPath() != null;
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null;
            return Optional.of(uri).filter(_ -> bare && (named || local));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A list; a single text is a list of what stands between its commas. */
    static <T> Form<List<T>> listOf(Form<T> item) {
        return new Lists<>(item);
    }

    private record Lists<T>(Form<T> item) implements Form<List<T>> {
        @Override
        public String expected() {
            return "a list, each " + item.expected();
        }

        @Override
        public Optional<List<T>> read(Value value, Complaint wrong) {
            return switch (value) {
                case Value.Sequence(var items, _) -> each(items, wrong);
                case Value.Scalar(var text, var source) when !(source instanceof Source.InFile) -> each(
                        Pattern.compile(",")
                                .splitAsStream(text)
                                .filter(t -> !t.isBlank())
                                .map(t -> (Value) new Value.Scalar(t.strip(), source))
                                .toList(),
                        wrong);
                case Value.Scalar _,Value.Mapping _ -> {
                    wrong.about(value, "must be " + expected() + ": write [one, two]");
                    yield Optional.empty();
                }
            };
        }

        private Optional<List<T>> each(List<Value> items, Complaint wrong) {
            var read = new ArrayList<T>();
            items.forEach(v -> item.read(v, wrong).ifPresent(read::add));
            return read.size() == items.size() ? Optional.of(List.copyOf(read)) : Optional.empty();
        }
    }

    /** A program and its arguments, never empty. */
    static Form<List<String>> command() {
        var words = listOf(scalar("a word of a command", text -> Optional.of(text).filter(t -> t.indexOf('\0') < 0)));
        return new Commands(words);
    }

    private record Commands(Form<List<String>> words) implements Form<List<String>> {
        @Override
        public String expected() {
            return "a program and its arguments, [program, argument]";
        }

        @Override
        public Optional<List<String>> read(Value value, Complaint wrong) {
            var read = words.read(value, wrong);
            if (read.isPresent() && (read.get().isEmpty() || read.get().getFirst().isEmpty())) {
                wrong.about(value, "must name a program");
                return Optional.empty();
            }
            return read;
        }
    }
}
