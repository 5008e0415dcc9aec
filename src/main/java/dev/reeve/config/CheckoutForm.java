package dev.reeve.config;

import dev.reeve.config.CheckoutForm.Attached;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Text;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Operators' checkouts: {@code OWNER/REPO=PATH} as flags, {@code OWNER/REPO: PATH} in a file. */
record CheckoutForm() implements Form<List<Attached>> {

    /** One repository and its checkout as written. */
    record Attached(RepositoryName repository, Path path) {}

    @Override
    public String expected() {
        return "repositories with the path of a checkout, OWNER/REPO=PATH";
    }

    @Override
    public Optional<List<Attached>> read(Value value, Complaint wrong) {
        var seen = new HashSet<RepositoryName>();
        return Optional.of(switch (value) {
            case Value.Scalar flag when !(flag.source() instanceof Source.InFile) -> fromFlag(flag, wrong).stream();
            case Value.Sequence(var flags, _) -> flags.stream().flatMap(flag -> fromFlag(flag, wrong).stream());
            case Value.Mapping(var entries, _) -> entries.stream().flatMap(e -> fromEntry(e, wrong).stream());
            case Value.Scalar scalar -> nothing(scalar, wrong);
        }).map(all -> all.filter(attached -> first(attached, seen, value, wrong)).toList());
    }

    private static Stream<Attached> nothing(Value value, Complaint wrong) {
        wrong.about(value, "must be repositories with a path each: write { owner/repo: /path/to/checkout }");
        return Stream.of();
    }

    private static Optional<Attached> fromFlag(Value value, Complaint wrong) {
        if (value instanceof Value.Scalar(var text, _) && text.indexOf('=') > 0) {
            int equals = text.indexOf('=');
            return attached(value, text.substring(0, equals), text.substring(equals + 1), wrong);
        }
        wrong.about(value, "must be written OWNER/REPO=PATH");
        return Optional.empty();
    }

    private static Optional<Attached> fromEntry(Value.Entry entry, Complaint wrong) {
        if (entry.value() instanceof Value.Scalar(var path, _)) {
            return attached(entry.key(), entry.key().text(), path, wrong);
        }
        wrong.about(entry.value(), "must be the path of a checkout");
        return Optional.empty();
    }

    private static Optional<Attached> attached(Value value, String name, String path, Complaint wrong) {
        var repository = RepositoryName.parse(name);
        if (repository.isEmpty()) {
            wrong.about(value, Text.quoted(name) + " is not a repository: write OWNER/REPO");
            return Optional.empty();
        }
        try {
            if (!path.isBlank()) {
                return Optional.of(new Attached(repository.get(), Path.of(path)));
            }
        } catch (InvalidPathException e) {
            // Reported below, together with the empty path.
        }
        wrong.about(value, Text.quoted(path) + " is not a path");
        return Optional.empty();
    }

    private static boolean first(Attached attached, Set<RepositoryName> seen, Value value, Complaint wrong) {
        boolean first = seen.add(attached.repository());
        if (!first) {
            wrong.about(value, attached.repository() + " has two checkouts: keep one");
        }
        return first;
    }
}
