package dev.reeve.cli;

import dev.reeve.model.Run;
import dev.reeve.model.Slug;
import dev.reeve.model.Text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Shows workers: on a terminal a table in place of the one before, elsewhere a line for each change. */
final class WorkersView {

    private static final int LONGEST = 300;

    private final Console console;
    private final Map<Slug, String> told = new HashMap<>();
    private int lines;

    WorkersView(Console console) {
        this.console = console;
    }

    void show(List<Workers.Seen> all, Instant now) {
        switch (console.screen()) {
            case TERMINAL -> table(all, now);
            case OTHER -> changes(all, now);
        }
        console.out().flush();
    }

    private void table(List<Workers.Seen> all, Instant now) {
        var out = console.out();
        if (lines > 0) {
            out.print("\u001b[%dA\u001b[J".formatted(lines));
        }
        var living = all.stream().filter(one -> one.run().alive()).toList();
        if (living.isEmpty()) {
            out.println("No worker is at work.");
        }
        for (var one : living) {
            out.println(line(one, now) + (one.lastLine().isEmpty() ? "" : "  " + one.lastLine()));
        }
        lines = Math.max(1, living.size());
    }

    private void changes(List<Workers.Seen> all, Instant now) {
        for (var one : all) {
            var state = state(one.run());
            if (!Objects.equals(told.put(one.slug(), state), state)) {
                console.out().println(now.truncatedTo(ChronoUnit.SECONDS) + "  " + one.slug() + "  " + state);
            }
        }
    }

    private static String line(Workers.Seen one, Instant now) {
        var since = one.run().startedAt();
        var time = since == null ? "" : words(Duration.between(since, now));
        return "%-40s  %-8s  %8s".formatted(one.slug(), Text.plain(one.run().state(), 20), time);
    }

    private static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 3_600 ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3_600, seconds / 60 % 60, seconds % 60);
    }

    /** What is said of it once. */
    private static String state(Run run) {
        var text = new StringBuilder(run.alive() || run.exitCode() != null || run.outcome() != null
                || !isUnderWay(run) ? run.state() : "worker gone");
        if (run.outcome() != null) {
            text.append(", ").append(run.outcome());
        }
        if (run.exitCode() != null) {
            text.append(", exit code ").append(run.exitCode());
        }
        if (run.runId() != null) {
            text.append("  run ").append(run.runId());
        }
        return Text.plain(text.toString(), LONGEST);
    }

    private static boolean isUnderWay(Run run) {
        return run.state().equals("running") || run.state().equals("starting");
    }
}
