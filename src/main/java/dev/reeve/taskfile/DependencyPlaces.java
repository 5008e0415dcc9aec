package dev.reeve.taskfile;

import dev.reeve.model.Place;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds where a task file names its dependencies. */
public final class DependencyPlaces {

    private static final Pattern KEY = Pattern.compile("^\uFEFF?[\"']?depends_on[\"']?\\s*:", Pattern.MULTILINE);

    private DependencyPlaces() {}

    /** Each dependency with its place; with the file's first where it isn't found. */
    public static Map<Slug, Place> of(Task task, byte[] content) {
        if (task.dependsOn().isEmpty()) {
            return Map.of();
        }
        var text = new String(content, StandardCharsets.UTF_8);
        var key = KEY.matcher(text);
        int start = key.find() ? key.end() : text.length();
        var places = new LinkedHashMap<Slug, Place>();
        for (var slug : task.dependsOn()) {
            var named = Pattern.compile("(?<![a-z0-9-])" + slug + "(?![a-z0-9-])").matcher(text);
            places.put(slug, named.find(start) ? at(task, text, named.start()) : Place.of(task.path().value()));
        }
        return places;
    }

    private static Place at(Task task, String text, int index) {
        int lineStart = text.lastIndexOf('\n', index - 1) + 1;
        int line = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        return new Place(task.path().value(), line, 1 + text.codePointCount(lineStart, index));
    }
}
