package dev.reeve.recovery;

import dev.reeve.github.DeliveryLog.Entry;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A delivery that GitHub lists and the inbox hasn't got.
 *
 * @param newest its last attempt
 * @param why how it came to be missing
 */
record Missing(Entry newest, Why why) {

    /** How a delivery came to be missing. */
    enum Why {
        /** No attempt of it was answered with success. */
        FAILED,
        /** It was answered with success, so that it was lost here: a database was restored from a copy, say. */
        LOST
    }

    /**
     * What is missing, the oldest first.
     *
     * @param entries the newest first; the attempts of one delivery have the same GUID
     * @param known the GUIDs that the inbox has
     */
    static List<Missing> in(List<Entry> entries, Set<String> known) {
        Map<String, Missing> missing = new LinkedHashMap<>();
        for (var entry : entries) {
            if (!known.contains(entry.guid())) {
                missing.merge(entry.guid(), new Missing(entry, entry.succeeded() ? Why.LOST : Why.FAILED),
                        (newer, older) -> new Missing(newer.newest,
                                older.why == Why.LOST ? Why.LOST : newer.why));
            }
        }
        return missing.values()
                .stream()
                .sorted(Comparator.comparing((Missing one) -> one.newest.deliveredAt()))
                .toList();
    }
}
