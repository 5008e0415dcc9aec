package dev.reeve.github;

import dev.reeve.model.PullRequestStanding.Checks;
import dev.reeve.model.Text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the checks of a commit come to. Of several check runs of one name by one App, and of several statuses of one context, the newest counts.
 *
 * @param failed names of those that ended in any other way than well
 * @param pending names of those that have not ended
 * @param passed how many ended well
 */
record CheckTally(List<String> failed, List<String> pending, int passed) {

    static final CheckTally EMPTY = new CheckTally(List.of(), List.of(), 0);

    private static final int MOST_NAMES = 20;
    private static final int LONGEST_NAME = 100;

    private enum End {
        WELL, NOT_YET, BADLY
    }

    private record Check(long id, String name, End end) {}

    static CheckTally ofRuns(List<Fields> runs) {
        var newest = new LinkedHashMap<String, Check>();
        for (var run : runs) {
            var app = run.optionalObject("app").map(one -> one.id("id")).orElse(0L);
            var check = new Check(run.id("id"), run.text("name"), end(run));
            newest.merge(app + " " + check.name(), check, (a, b) -> a.id() > b.id() ? a : b);
        }
        return of(newest.values());
    }

    /** GitHub sends the newest of each context only, which the simplest stand-ins for it don't. */
    static CheckTally ofStatuses(List<Fields> statuses) {
        var newest = new LinkedHashMap<String, Check>();
        for (var status : statuses) {
            var check = new Check(status.id("id"), status.text("context"), endOfStatus(status.text("state")));
            newest.merge(check.name(), check, (a, b) -> a.id() > b.id() ? a : b);
        }
        return of(newest.values());
    }

    private static End end(Fields run) {
        if (!run.text("status").equals("completed")) {
            return End.NOT_YET;
        }
        return switch (run.optionalText("conclusion").orElse("")) {
            case "success", "neutral", "skipped" -> End.WELL;
            // failure, cancelled, timed_out, action_required, stale, and whatever GitHub may add: it won't become good by itself.
            default -> End.BADLY;
        };
    }

    private static End endOfStatus(String state) {
        return switch (state) {
            case "success" -> End.WELL;
            case "pending" -> End.NOT_YET;
            default -> End.BADLY;
        };
    }

    private static CheckTally of(Collection<Check> checks) {
        var passed = checks.stream().filter(check -> check.end() == End.WELL).count();
        return new CheckTally(names(checks, End.BADLY), names(checks, End.NOT_YET), (int) passed);
    }

    private static List<String> names(Collection<Check> checks, End end) {
        return checks.stream().filter(check -> check.end() == end).map(Check::name).toList();
    }

    CheckTally and(CheckTally other) {
        return new CheckTally(Stream.concat(failed.stream(), other.failed.stream()).toList(),
                Stream.concat(pending.stream(), other.pending.stream()).toList(), passed + other.passed);
    }

    boolean hasFailed() {
        return !failed.isEmpty();
    }

    Checks verdict() {
        if (hasFailed()) {
            return new Checks.Failed(shown(failed));
        }
        if (!pending.isEmpty()) {
            return new Checks.Pending(shown(pending));
        }
        return passed == 0 ? new Checks.None() : new Checks.Passed();
    }

    /** Names for people to see: each on one line, no two alike, and not too many. */
    static List<String> shown(Collection<String> names) {
        var distinct = names.stream().map(name -> Text.plain(name, LONGEST_NAME)).distinct().toList();
        if (distinct.size() <= MOST_NAMES) {
            return distinct;
        }
        var shown = new ArrayList<>(distinct.subList(0, MOST_NAMES));
        shown.add("… and " + (distinct.size() - MOST_NAMES) + " more");
        return List.copyOf(shown);
    }
}
