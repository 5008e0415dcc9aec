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
import java.util.stream.Collectors;

/** Shows workers: on a terminal a table in place of the one before, elsewhere a line for each change. */
final class WorkersView {

    private static final int LONGEST = 300;
    private static final int WIDEST = 40;
    private static final String NOBODY = "no worker is at work";

    private final Console console;
    private final int columns;
    private final Map<Slug, String> told = new HashMap<>();
    private List<Workers.Seen> living = List.of();
    private int lines;
    private boolean begun;

    WorkersView(Console console) {
        this.console = console;
        this.columns = Columns.of(console.environment());
    }

    void show(List<Workers.Seen> all, Instant now) {
        switch (console.screen()) {
            case TERMINAL -> table(all, now);
            case OTHER -> changes(all, now);
        }
        console.out().flush();
    }

    /** Whose run has ended since the last look leaves a line above the table, which stays. */
    private void table(List<Workers.Seen> all, Instant now) {
        var out = console.out();
        if (lines > 0) {
            out.print("\u001b[%dA\u001b[J".formatted(lines));
        }
        var lived = living.stream().map(Workers.Seen::slug).collect(Collectors.toSet());
        all.stream()
                .filter(one -> !one.run().alive() && lived.contains(one.slug()))
                .forEach(one -> out.println(Columns.fit(one.slug() + "  " + state(one.run()), columns)));
        living = all.stream().filter(one -> one.run().alive()).toList();
        int width = living.stream().mapToInt(one -> one.slug().value().length()).max().orElse(0);
        living.forEach(one -> out.println(Columns.fit(line(one, Math.min(width, WIDEST), now), columns)));
        lines = living.size();
        if (living.isEmpty()) {
            out.println(NOBODY);
        }
    }

    private void changes(List<Workers.Seen> all, Instant now) {
        for (var one : all) {
            var state = state(one.run());
            if (!Objects.equals(told.put(one.slug(), state), state)) {
                console.out().println(now.truncatedTo(ChronoUnit.SECONDS) + "  " + one.slug() + "  " + state);
            }
        }
        if (!begun && all.stream().noneMatch(one -> one.run().alive())) {
            console.out().println(NOBODY);
        }
        begun = true;
    }

    private static String line(Workers.Seen one, int width, Instant now) {
        var since = one.run().startedAt();
        var time = since == null ? "" : words(Duration.between(since, now));
        var name = one.slug().value();
        return name + " ".repeat(Math.max(0, width - name.length())) + "  "
                + "%-8s  %8s".formatted(Text.plain(one.run().state(), 20), time)
                + (one.lastLine().isEmpty() ? "" : "  " + one.lastLine());
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
        if (run.outcome() != null && !run.outcome().equals(run.state())) {
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
