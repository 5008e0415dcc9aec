package dev.reeve.doctor;

import dev.reeve.config.AppManifest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the App can't do without, and what it can: then something is lost, and all else works.
 *
 * @param manifest all of it
 */
record Needs(AppManifest manifest) {

    private static final String NO_STATUSES = "check runs tell of failed check runs only, and not of commit statuses";
    private static final String NO_QUEUE = "a merge queue that asks for Reeve's check waits for it in vain";

    /** What is lost without a permission. */
    private static final Map<String, String> LOST_PERMISSION = Map.of("statuses", NO_STATUSES, "merge_queues",
            NO_QUEUE);
    /** What is lost without an event. */
    private static final Map<String, String> LOST_EVENT = Map.of("status", NO_STATUSES, "merge_group", NO_QUEUE);

    private static final List<String> LEVELS = List.of("read", "write", "admin");

    /** Permissions that are needed and not granted, {@code contents: write}. */
    List<String> missing(Map<String, String> granted) {
        return lacking(granted).filter(one -> !LOST_PERMISSION.containsKey(one.getKey())).map(Needs::shown).toList();
    }

    /** Permissions that aren't granted and may be left out, each with what is lost. */
    Map<String, String> leftOut(Map<String, String> granted) {
        var lost = new LinkedHashMap<String, String>();
        lacking(granted).forEach(one -> Optional.ofNullable(LOST_PERMISSION.get(one.getKey()))
                .ifPresent(loss -> lost.put(shown(one), loss)));
        return lost;
    }

    private Stream<Map.Entry<String, String>> lacking(Map<String, String> granted) {
        return manifest.permissions()
                .entrySet()
                .stream()
                .filter(one -> LEVELS.indexOf(granted.getOrDefault(one.getKey(), "")) < LEVELS.indexOf(one.getValue()));
    }

    private static String shown(Map.Entry<String, String> permission) {
        return permission.getKey() + ": " + permission.getValue();
    }

    /** Events that are needed and not told of. */
    List<String> untold(Collection<String> told) {
        return manifest.events()
                .stream()
                .filter(event -> !told.contains(event) && !LOST_EVENT.containsKey(event))
                .toList();
    }

    /** Events that aren't told of and may be left out, each with what is lost. */
    Map<String, String> leftOut(Collection<String> told) {
        var lost = new LinkedHashMap<String, String>();
        manifest.events()
                .stream()
                .filter(event -> !told.contains(event))
                .forEach(event -> Optional.ofNullable(LOST_EVENT.get(event)).ifPresent(loss -> lost.put(event, loss)));
        return lost;
    }
}
