package dev.reeve.config;

import dev.reeve.config.RoleForm.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The entries of {@code roles}: {@code { sr-engineer-architect: dave }}. */
record RoleForm() implements Form<List<Role>> {

    /** One role as written. */
    record Role(Value.Scalar name, Value.Scalar person) {}

    @Override
    public String expected() {
        return "roles, each with a person's name";
    }

    @Override
    public Optional<List<Role>> read(Value value, Complaint wrong) {
        if (!(value instanceof Value.Mapping(var entries, _))) {
            wrong.about(value, "must be roles with a person each: write { role: person }");
            return Optional.empty();
        }
        var roles = new ArrayList<Role>();
        for (var entry : entries) {
            if (entry.value() instanceof Value.Scalar person && !person.isEmpty()) {
                roles.add(new Role(entry.key(), person));
            } else {
                wrong.about(entry.value(), "must be one person's name");
            }
        }
        return Optional.of(List.copyOf(roles));
    }
}
