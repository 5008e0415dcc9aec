package dev.reeve.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the GitHub App needs: {@code app-manifest.yml}, as it is in the repository and in the program.
 *
 * @param permissions each with its level, {@code contents} and {@code write}, in the file's order
 */
public record AppManifest(String description, Map<String, String> permissions, List<String> events) {

    private static final String FILE = "app-manifest.yml";

    /**
     * The one that the program was built with.
     *
     * @throws IllegalStateException when the program was built without it, or with a broken one
     */
    public static AppManifest builtIn() {
        try (var in = AppManifest.class.getResourceAsStream("/" + FILE)) {
            if (in == null) {
                throw new IllegalStateException("this Reeve was built without " + FILE + ": build it anew");
            }
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " can't be read", e);
        }
    }

    private static AppManifest read(byte[] content) {
        var faults = new Faults();
        var file = YamlFile.read(FILE, content, faults);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(faults.all().toString());
        }
        var permissions = new LinkedHashMap<String, String>();
        var events = new ArrayList<String>();
        var description = new StringBuilder();
        for (var entry : file.entries()) {
            switch (entry.value()) {
                case Value.Mapping(var levels, _) when entry.key().text().equals("default_permissions") ->
                    levels.forEach(level -> permissions.put(level.key().text(), level.value().toString()));
                case Value.Sequence(var names, _) when entry.key().text().equals("default_events") ->
                    names.forEach(name -> events.add(name.toString()));
                case Value.Scalar(var text, _) when entry.key().text().equals("description") ->
                    description.append(text);
                case Value.Scalar _,Value.Sequence _,Value.Mapping _ -> {
                }
            }
        }
        return new AppManifest(description.toString(), Collections.unmodifiableMap(permissions), List.copyOf(events));
    }
}
