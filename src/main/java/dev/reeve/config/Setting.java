package dev.reeve.config;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * One thing that may be set: the single declaration that reading, {@code config check} and the documentation follow.
 *
 * @param key its dotted path in a YAML file
 * @param variables its environment variables, the first that is set counts; the first is the one to recommend
 * @param flag its command line flag; empty for none
 * @param fallback what holds when it isn't set; null when nothing does
 * @param visibility whether its value may be shown
 * @param meaning one sentence in Markdown
 */
record Setting<T>(String key, List<String> variables, String flag, Form<T> form, @Nullable Value fallback,
        Visibility visibility, String meaning) {

    /** Whether a value may be shown. */
    enum Visibility {
        SHOWN, SECRET
    }

    static <T> Setting<T> of(String key, Form<T> form, String meaning) {
        return new Setting<>(key, List.of(), "", form, null, Visibility.SHOWN, meaning);
    }

    Setting<T> or(String text) {
        return new Setting<>(key, variables, flag, form, Value.builtIn(text), visibility, meaning);
    }

    Setting<T> or(List<String> texts) {
        return new Setting<>(key, variables, flag, form, Value.builtIn(texts), visibility, meaning);
    }

    Setting<T> variable(String... names) {
        return new Setting<>(key, List.of(names), flag, form, fallback, visibility, meaning);
    }

    Setting<T> flag(String name) {
        return new Setting<>(key, variables, name, form, fallback, visibility, meaning);
    }

    Setting<T> secret() {
        return new Setting<>(key, variables, flag, form, fallback, Visibility.SECRET, meaning);
    }

    /** Where one would set it: its variable, else its flag; nothing when only a file can. */
    Optional<Source> where() {
        if (!variables.isEmpty()) {
            return Optional.of(new Source.Variable(variables.getFirst()));
        }
        return flag.isEmpty() ? Optional.empty() : Optional.of(new Source.Flag(flag));
    }

    /** The value as it may be shown. */
    String show(Value value) {
        return visibility == Visibility.SECRET ? "***" : value.toString();
    }
}
