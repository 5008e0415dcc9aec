package dev.reeve.config;

import java.util.List;
import java.util.stream.Collectors;

/** A value as somebody wrote it, still untyped: scalars are their text. Prints in YAML's flow style. */
sealed interface Value {

    /** Where it was written. */
    Source source();

    /** A single text. */
    record Scalar(String text, Source source) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A list. */
    record Sequence(List<Value> items, Source source) implements Value {
        @Override
        public String toString() {
            return items.stream().map(Value::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** Keys with values, in the order of the file; no key twice. */
    record Mapping(List<Entry> entries, Source source) implements Value {
        @Override
        public String toString() {
            return entries.stream().map(e -> e.key() + ": " + e.value()).collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** One key and its value. */
    record Entry(Scalar key, Value value) {}

    /** True for a key whose value was left out, which is as if the key were not there. */
    default boolean isEmpty() {
        return this instanceof Scalar(var text, _) && text.isEmpty();
    }

    /** The built-in scalar. */
    static Value builtIn(String text) {
        return new Scalar(text, new Source.BuiltIn());
    }

    /** The built-in list. */
    static Value builtIn(List<String> texts) {
        return new Sequence(texts.stream().map(Value::builtIn).toList(), new Source.BuiltIn());
    }
}
