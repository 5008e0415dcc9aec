package dev.reeve.cli;

import dev.reeve.model.FollowUp;
import dev.reeve.model.RunEvent;
import dev.reeve.model.RunEvent.Kind;
import dev.reeve.model.Text;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What happened in a task's runs, for people: a line each.
 *
 * @param prompts whether prompts are printed in full
 */
record HistoryText(PrintWriter out, boolean prompts) {

    private static final int LONGEST = 300;
    private static final int LONGEST_LINE = 10_000;
    private static final int WIDEST_KIND = 9;

    void print(List<RunEvent> events, List<FollowUp> pending) {
        events.forEach(this::print);
        for (var update : pending) {
            out.println("pending: " + shown(update.id()) + " by " + shown(update.by()) + ": " + shown(update.text()));
        }
    }

    private void print(RunEvent event) {
        var kind = event.kind().id();
        out.println(event.at().truncatedTo(ChronoUnit.SECONDS) + "  " + kind + " ".repeat(WIDEST_KIND - kind.length())
                + "  " + (event.runId() == null ? "" : shown(event.runId()) + "  ") + details(event));
        if (prompts && event.kind() == Kind.PROMPT) {
            event.detail("text")
                    .orElse("")
                    .lines()
                    .forEach(line -> out.println(("  " + Text.plain(line, LONGEST_LINE)).stripTrailing()));
        }
    }

    private static String details(RunEvent event) {
        return event.kind() == Kind.PROMPT ? prompt(event.detail("text").orElse(""))
                : event.details().entrySet().stream().map(HistoryText::detail).collect(Collectors.joining(" · "));
    }

    private static String detail(Map.Entry<String, String> detail) {
        return shown(detail.getKey().replace('_', ' ')) + " " + shown(detail.getValue());
    }

    private static String prompt(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + " bytes: "
                + shown(text.lines().findFirst().orElse(""));
    }

    private static String shown(String text) {
        return Text.plain(text.strip().replaceAll("\\R", " ⏎ "), LONGEST);
    }
}
