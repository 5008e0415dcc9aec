package dev.reeve.decide;

import dev.reeve.model.Slug;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The {@code Task: <slug>} lines in a pull request's description. */
public final class TaskLines {

    static final int MOST = 50;
    private static final Pattern LINE = Pattern.compile(
            "^[ \\t>*-]{0,8}[Tt]ask:[ \\t]*`?([a-z0-9][a-z0-9-]{0,119})`?[ \\t]*\\r?$",
            Pattern.MULTILINE);

    /** What GitHub doesn't show, as the hints in a template; one that isn't closed hides the rest. */
    private static final Pattern COMMENT = Pattern.compile("<!--.*?(-->|\\z)", Pattern.DOTALL);

    private TaskLines() {}

    /** The slugs that the description names, in its order, each once, at most 50. */
    public static List<Slug> in(String description) {
        return all(description).limit(MOST).toList();
    }

    /** How many more it names than count. */
    static int beyond(String description) {
        return (int) Math.max(0, all(description).count() - MOST);
    }

    private static Stream<Slug> all(String description) {
        return LINE.matcher(COMMENT.matcher(description).replaceAll(""))
                .results()
                .map(match -> new Slug(match.group(1)))
                .distinct();
    }
}
