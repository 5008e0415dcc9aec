package dev.reeve.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.cli.Table.Cell;

import java.util.function.UnaryOperator;

/** What a server's API answers, for people. */
record AnswerText(Console console) {

    private static final int SECONDS = "2026-01-31T12:00:00".length();

    /** A member, {@code -} where there is none. */
    static String text(JsonNode object, String name) {
        return object.path(name).asText("-");
    }

    /** A time, to the second. */
    static String time(JsonNode object, String name) {
        var text = text(object, name);
        return text.length() > SECONDS ? text.substring(0, SECONDS) + "Z" : text;
    }

    void deliveries(JsonNode answer) {
        var table = new Table("");
        answer.path("deliveries")
                .forEach(one -> table.row(Cell.of(text(one, "id")), Cell.of(time(one, "last_received_at")),
                        state(text(one, "status")), Cell.of(event(one)), Cell.of(text(one, "repository")),
                        Cell.of(text(one, "guid"))));
        table.print(console.out());
        none(answer.path("deliveries"), "no deliveries");
        more(answer);
    }

    private static String event(JsonNode delivery) {
        return delivery.has("action") ? text(delivery, "event") + " " + text(delivery, "action")
                : text(delivery, "event");
    }

    void delivery(JsonNode one) {
        var table = new Table("");
        table.row(Cell.of("delivery"), Cell.of(text(one, "id")));
        table.row(Cell.of("guid"), Cell.of(text(one, "guid")));
        table.row(Cell.of("event"), Cell.of(event(one)));
        table.row(Cell.of("repository"), Cell.of(text(one, "repository")));
        table.row(Cell.of("received"), Cell.of(time(one, "received_at") + (one.path("attempts").asInt() > 1
                ? ", " + text(one, "attempts") + " times, at last " + time(one, "last_received_at")
                : "")));
        table.row(Cell.of("status"), state(text(one, "status")));
        table.print(console.out());
        workRows(one.path("work"));
        done(one.path("done"));
        forced(one.path("forced"));
        if (one.has("body")) {
            console.out().println(ServerClient.pretty(one.path("body")));
        }
    }

    private void done(JsonNode ends) {
        var table = new Table("");
        ends.forEach(end -> table.row(state("done"), Cell.of(text(end, "repository")), Cell.of(text(end, "subject")),
                Cell.of(time(end, "at")), Cell.of("attempt " + text(end, "attempts")
                        + (end.has("last_error") ? "; before that: " + text(end, "last_error") : ""))));
        table.print(console.out());
    }

    private void forced(JsonNode all) {
        var table = new Table("");
        all.forEach(one -> table.row(Cell.of("forced"), Cell.of(time(one, "at")), Cell.of(text(one, "subject")),
                Cell.of("by " + text(one, "by") + ": " + text(one, "how"))));
        table.print(console.out());
    }

    void queue(JsonNode answer) {
        workRows(answer.path("work"));
        var counts = answer.path("counts");
        console.out()
                .println(text(counts, "due") + " due, " + text(counts, "running") + " running, "
                        + text(counts, "waiting") + " waiting for another try, " + text(counts, "dead") + " dead");
        more(answer);
    }

    private void workRows(JsonNode work) {
        var table = new Table("");
        work.forEach(one -> table.row(state(text(one, "state")), Cell.of(text(one, "repository")),
                Cell.of(text(one, "subject")), Cell.of(when(one)),
                Cell.of(one.has("error") ? text(one, "error") : "")));
        table.print(console.out());
    }

    private static String when(JsonNode work) {
        int failures = work.path("failures").asInt();
        var tries = failures == 0 ? "" : failures == 1 ? ", failed once" : ", failed " + failures + " times";
        return switch (text(work, "state")) {
            case "waiting" -> "next try " + time(work, "next") + tries;
            default -> "since " + time(work, "since") + tries;
        };
    }

    void work(JsonNode one) {
        var rows = ServerClient.object();
        rows.putArray("work").add(one);
        workRows(rows.path("work"));
        var table = new Table("  ");
        one.path("triggers")
                .forEach(trigger -> table.row(Cell.of(text(trigger, "cause")), Cell.of(text(trigger, "guid"))));
        table.print(console.out());
    }

    /** Work that is wanted now. */
    void wanted(JsonNode answer) {
        answer.path("work")
                .forEach(one -> new Table("").row(Cell.of("wanted"), Cell.of(text(one, "repository")),
                        Cell.of(text(one, "subject"))).print(console.out()));
        none(answer.path("work"), "nothing to do");
    }

    /** Work that is gone. */
    void discarded(JsonNode one) {
        new Table("").row(Cell.of("discarded"), Cell.of(text(one, "repository")), Cell.of(text(one, "subject")))
                .print(console.out());
    }

    private void none(JsonNode array, String words) {
        if (array.isEmpty()) {
            console.out().println(words);
        }
    }

    private void more(JsonNode answer) {
        if (answer.has("next")) {
            console.out().println("There are more: --before " + answer.path("next").asLong());
        }
    }

    private Cell state(String state) {
        var paint = console.paint();
        UnaryOperator<String> colour = switch (state) {
            case "dead" -> paint::bad;
            case "waiting" -> paint::warning;
            case "done" -> paint::good;
            case "nothing_to_do" -> paint::faint;
            default -> UnaryOperator.identity();
        };
        return new Cell(state.replace('_', ' '), colour);
    }
}
