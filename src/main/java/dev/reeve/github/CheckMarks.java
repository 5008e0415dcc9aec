package dev.reeve.github;

import dev.reeve.model.CheckReport.Annotation;
import dev.reeve.model.Slug;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a check run's summary carries for ourselves, in comments at its very end, which GitHub doesn't show. Nobody else can write them: a run is changed by the
 * App alone that made it, and what comes from outside never stands last.
 */
final class CheckMarks {

    private static final Pattern PROMISE = Pattern.compile("<!-- reeve promises((?: [a-z0-9][a-z0-9-]{0,119})*+) -->"
            + "(?:\n\n<!-- annotations [0-9a-f]{8} -->)?\\z");

    private CheckMarks() {}

    /** What was promised, by which a merge is judged. */
    static String promise(List<Slug> tasks) {
        return "\n\n<!-- reeve promises" + tasks.stream().map(slug -> " " + slug).collect(Collectors.joining())
                + " -->";
    }

    /** The first of these tasks, as many as can be promised in so many bytes. */
    static List<Slug> fitting(List<Slug> tasks, int longest) {
        int left = longest - CheckLimits.bytes(promise(List.of()));
        int count = 0;
        while (count < tasks.size() && left >= 1 + tasks.get(count).value().length()) {
            left -= 1 + tasks.get(count).value().length();
            count++;
        }
        return tasks.subList(0, count);
    }

    /** Which annotations it has. */
    static String annotations(List<Annotation> annotations) {
        return annotations.isEmpty() ? ""
                : "\n\n<!-- annotations %08x -->".formatted(annotations.toString().hashCode());
    }

    /** What a summary promises. */
    static Optional<List<Slug>> promiseIn(String summary) {
        var match = PROMISE.matcher(summary);
        return match.find() ? Optional.of(Pattern.compile(" ")
                .splitAsStream(match.group(1))
                .flatMap(word -> Slug.parse(word).stream())
                .toList()) : Optional.empty();
    }
}
