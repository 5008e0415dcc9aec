package dev.reeve.doctor;

import dev.reeve.github.DeliveryLog;
import dev.reeve.github.DeliveryLog.Entry;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether GitHub's last deliveries arrived, by its own log: the first page of it, which is a hundred of them. */
record DeliveryChecks(DeliveryLog log) {

    private static final String CHECK = "deliveries";

    Finding finding() {
        return of(log.page(null).entries());
    }

    /** @param entries the newest first */
    static Finding of(List<Entry> entries) {
        var failed = entries.stream().filter(entry -> !entry.succeeded()).toList();
        if (entries.isEmpty()) {
            return Finding.info(CHECK, "GitHub has delivered nothing in the last days");
        }
        if (failed.isEmpty()) {
            return Finding.ok(CHECK, entries.size() == 1 ? "the last one arrived"
                    : "the last " + entries.size() + " arrived");
        }
        var newest = failed.getFirst();
        var said = failed.size() + " of the last " + entries.size() + " failed, the newest (" + newest.event() + ") at "
                + newest.deliveredAt() + reason(newest);
        return delivered(entries).containsAll(failed.stream().map(Entry::guid).toList())
                ? Finding.info(CHECK, said + "; each arrived with another attempt")
                : Finding.warning(CHECK, said,
                        "a running server takes in by itself what it missed; where it goes on, look whether GitHub reaches the server, whether the secrets"
                                + " agree, and at Advanced in the App's settings");
    }

    private static String reason(Entry failed) {
        return failed.outcome().isBlank() ? "" : ": " + failed.outcome();
    }

    private static Set<String> delivered(List<Entry> entries) {
        var guids = new HashSet<String>();
        entries.stream().filter(Entry::succeeded).map(Entry::guid).forEach(guids::add);
        return guids;
    }
}
