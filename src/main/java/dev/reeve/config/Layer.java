package dev.reeve.config;

import dev.reeve.model.Text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One place where settings are made: a file, the environment, the command line. */
@FunctionalInterface
interface Layer {

    /** The setting's value in this layer. */
    Optional<Value> of(Setting<?> setting);

    /** Environment variables; one that is empty counts as not set. */
    static Layer environment(Map<String, String> variables) {
        return setting -> setting.variables()
                .stream()
                .filter(name -> !variables.getOrDefault(name, "").isBlank())
                .findFirst()
                .map(name -> new Value.Scalar(variables.getOrDefault(name, ""), new Source.Variable(name)));
    }

    /** Command line flags, each with the values it was given. */
    static Layer flags(Map<String, List<String>> flags) {
        return setting -> Optional.ofNullable(flags.get(setting.flag())).filter(v -> !v.isEmpty()).map(values -> {
            var source = new Source.Flag(setting.flag());
            var items = values.stream().map(text -> (Value) new Value.Scalar(text, source)).toList();
            return items.size() == 1 ? items.getFirst() : new Value.Sequence(items, source);
        });
    }

    /** The keys of a file; those that no setting knows become faults. Secrets are never read from it. */
    static Layer file(Value.Mapping root, List<Setting<?>> settings, Faults faults) {
        var known = settings.stream()
                .filter(s -> s.visibility() == Setting.Visibility.SHOWN)
                .map(Setting::key)
                .collect(Collectors.toSet());
        var found = new HashMap<String, Value>();
        flatten("", root, known, found, faults);
        return setting -> Optional.ofNullable(found.get(setting.key()));
    }

    private static void flatten(String prefix, Value.Mapping mapping, Set<String> known, Map<String, Value> found,
            Faults faults) {
        for (var entry : mapping.entries()) {
            var path = prefix + entry.key().text();
            if (known.contains(path)) {
                if (!entry.value().isEmpty()) {
                    found.put(path, entry.value());
                }
            } else if (known.stream().noneMatch(key -> key.startsWith(path + "."))) {
                faults.add(entry.key().source(), Text.plain(path, 100), unknown(path, known));
            } else if (entry.value() instanceof Value.Mapping group) {
                flatten(path + ".", group, known, found, faults);
            } else if (!entry.value().isEmpty()) {
                faults.add(entry.value().source(), path, "has keys below it, not a value of its own");
            }
        }
    }

    private static String unknown(String path, Set<String> known) {
        if (known.contains(path + "_file")) {
            return "a secret does not belong into this file: write it into a file of its own and name that as " + path
                    + "_file";
        }
        return "there is no such key" + Nearest.to(path, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; see docs/configuration.md for those there are");
    }
}
