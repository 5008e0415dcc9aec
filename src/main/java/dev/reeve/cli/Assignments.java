package dev.reeve.cli;

import dev.reeve.model.Slug;
import dev.reeve.model.TaskStatus;
import dev.reeve.model.Text;
import dev.reeve.taskfile.Value;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The arguments {@code key=value} of {@code task set}. */
final class Assignments {

    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

    private Assignments() {}

    /** The changes that they ask for, in their order. */
    static SequencedMap<String, Value> parse(List<String> arguments) {
        var changes = new LinkedHashMap<String, Value>();
        for (var argument : arguments) {
            int equals = argument.indexOf('=');
            var key = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 || !KEY.matcher(key).matches()) {
                throw Refusal.usage(Text.quoted(argument) + " is not a change: write key=value, as in status=ready");
            }
            if (changes.putIfAbsent(key, value(key, argument.substring(equals + 1))) != null) {
                throw Refusal.usage(key + " is given twice: give it once");
            }
        }
        return changes;
    }

    private static Value value(String key, String text) {
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.CONTROL)) {
            throw Refusal.usage(
                    "the value of " + key + " has a control character or a line's end: a value is one line of text");
        }
        return switch (key) {
            case "status" -> status(text);
            case "depends_on" -> slugs(text);
            case "pr_number" -> number(text);
            default -> Value.of(text);
        };
    }

    private static Value status(String text) {
        return TaskStatus.parse(text)
                .map(s -> Value.of(s.id()))
                .orElseThrow(() -> Refusal.usage(Text.quoted(text)
                        + " is not a status: use "
                        + Arrays.stream(TaskStatus.values()).map(TaskStatus::id).collect(Collectors.joining(", "))));
    }

    private static Value slugs(String text) {
        var slugs = Pattern.compile(",").splitAsStream(text).map(String::strip).filter(s -> !s.isEmpty()).toList();
        for (var slug : slugs) {
            if (Slug.parse(slug).isEmpty()) {
                throw Refusal.usage(Text.quoted(slug) + " is not a slug: write depends_on=one-slug,other-slug");
            }
        }
        return Value.of(slugs);
    }

    private static Value number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw Refusal.usage(Text.quoted(text) + " is not a pull request's number");
        }
        return Value.of(Long.parseLong(text));
    }
}
