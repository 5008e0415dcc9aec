package dev.reeve.config;

import dev.reeve.config.PersonForm.Person;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The people under {@code owners}: {@code dave: { aliases: [dave.fowler], github: [davefowler] }}. */
record PersonForm() implements Form<List<Person>> {

    /** One person as written; what the names mean is for {@link dev.reeve.model.Owners} to say. */
    record Person(Value.Scalar name, List<Value.Scalar> aliases, List<Value.Scalar> logins) {}

    @Override
    public String expected() {
        return "names, each with aliases and github";
    }

    @Override
    public Optional<List<Person>> read(Value value, Complaint wrong) {
        if (!(value instanceof Value.Mapping(var entries, _))) {
            wrong.about(value, "must be names with what they are: write { dave: { aliases: [dave.fowler] } }");
            return Optional.empty();
        }
        return Optional.of(entries.stream().map(entry -> person(entry, wrong)).toList());
    }

    private static Person person(Value.Entry entry, Complaint wrong) {
        var aliases = new ArrayList<Value.Scalar>();
        var logins = new ArrayList<Value.Scalar>();
        switch (entry.value()) {
            case Value.Mapping(var facts, _) -> facts.forEach(fact -> {
                switch (fact.key().text()) {
                    case "aliases" -> aliases.addAll(names(fact.value(), wrong));
                    case "github" -> logins.addAll(names(fact.value(), wrong));
                    default -> wrong.about(fact.key(), "an owner has aliases and github, nothing else");
                }
            });
            case Value.Scalar scalar when scalar.isEmpty() -> {
            }
            case Value.Scalar _,Value.Sequence _ ->
                wrong.about(entry.value(), "must be aliases and github, or nothing: write { aliases: [dave.fowler] }");
        }
        return new Person(entry.key(), List.copyOf(aliases), List.copyOf(logins));
    }

    private static List<Value.Scalar> names(Value value, Complaint wrong) {
        var names = new ArrayList<Value.Scalar>();
        switch (value) {
            case Value.Sequence(var items, _) -> items.forEach(item -> {
                if (item instanceof Value.Scalar scalar) {
                    names.add(scalar);
                } else {
                    wrong.about(item, "must be a name");
                }
            });
            case Value.Scalar _,Value.Mapping _ -> wrong.about(value, "must be a list of names: write [one, two]");
        }
        return names;
    }
}
