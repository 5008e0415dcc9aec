package dev.reeve.prompt;

import dev.reeve.model.Text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names that a template may use, and what they stand for. Everything is text, a list of texts, or true or false. */
final class Names {

    static final String FOLLOW_UPS = "follow_ups";
    static final String HISTORY = "history";

    /** The names that are known everywhere, without the lists. */
    static final Set<String> TEXTS = Set.of("slug", "title", "task", "task_path", "owner", "worktree", "branch",
            "default_branch", "run_id", "attempt", "result_file", "has_follow_ups", "has_history");
    /** The lists, each with the names that are known of its items. */
    static final Map<String, Set<String>> LISTS = Map.of(FOLLOW_UPS, Set.of("text", "by", "at"), HISTORY,
            Set.of("at", "event", "text"));

    /** More is of no use to a worker, and a template may repeat much for each. */
    private static final int MOST_EVENTS = 1000;
    private static final int LONGEST_LINE = 4096;
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]|\\p{Cs}");

    private Names() {}

    /** How many of the oldest events are left out in any case. */
    static int tooMany(PromptFacts facts) {
        return Math.max(0, facts.history().size() - MOST_EVENTS);
    }

    /** What the names stand for, without the oldest events. */
    static Map<String, Object> values(PromptFacts facts, int leftOut) {
        var values = new HashMap<String, Object>();
        var task = facts.task();
        values.put("slug", task.slug().value());
        values.put("title", line(task.title()));
        values.put("task", text(task.text()));
        values.put("task_path", line(task.path().value()));
        values.put("owner", line(task.owner()));
        values.put("worktree", line(facts.worktree().path().toString()));
        values.put("branch", facts.worktree().branch().value());
        values.put("default_branch", facts.worktree().defaultBranch().value());
        values.put("run_id", line(facts.run().id()));
        values.put("attempt", Integer.toString(facts.run().attempt()));
        values.put("result_file", line(facts.run().resultFile().toString()));
        values.put("has_follow_ups", !facts.followUps().isEmpty());
        values.put("has_history", !facts.history().isEmpty());
        values.put(FOLLOW_UPS, facts.followUps().stream().map(Names::values).toList());
        values.put(HISTORY, history(facts.history(), leftOut));
        return values;
    }

    private static Map<String, String> values(PromptFacts.FollowUp followUp) {
        return Map.of("text", text(followUp.text()), "by", line(followUp.by()), "at", followUp.at().toString());
    }

    private static List<Map<String, String>> history(List<PromptFacts.Event> events, int leftOut) {
        var kept = events.stream().skip(leftOut);
        return (leftOut == 0 ? kept : Stream.concat(Stream.of(gap(events, leftOut)), kept)).map(Names::values).toList();
    }

    /** Stands in the place of what is left out, so that every template that shows the history says so. */
    private static PromptFacts.Event gap(List<PromptFacts.Event> events, int leftOut) {
        return new PromptFacts.Event(events.get(leftOut - 1).at(), "left out",
                leftOut + " earlier entries, because the prompt would be too long");
    }

    private static Map<String, String> values(PromptFacts.Event event) {
        return Map.of("at", event.at().toString(), "event", line(event.event()), "text", text(event.text()));
    }

    private static String line(String text) {
        return Text.plain(text, LONGEST_LINE);
    }

    /** Control characters are nothing that a worker could be told, and a NUL would be the end of an argument. */
    private static String text(String text) {
        return NO_TEXT.matcher(text).replaceAll("\uFFFD");
    }
}
