package dev.reeve.store;

import dev.reeve.model.OwnerKey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of one owner by its name, {@code task-manager-<spelling>.register.json}.
 *
 * @param spelling how the name spells the owner, canonical or not
 */
record OwnerFile(String spelling, Kind kind) {

    private static final Pattern NAME = Pattern.compile("task-manager-(.+)\\.(register|snapshot)\\.json",
            Pattern.DOTALL);

    /** What it holds. */
    enum Kind {
        REGISTER, SNAPSHOT
    }

    /** Where an owner's register is. */
    static OwnerFile register(OwnerKey owner) {
        return new OwnerFile(owner.value(), Kind.REGISTER);
    }

    /** Where an owner's snapshot is. */
    static OwnerFile snapshot(OwnerKey owner) {
        return new OwnerFile(owner.value(), Kind.SNAPSHOT);
    }

    String name() {
        return name(".json");
    }

    /** The name with another ending: {@code task-manager-dave.register<ending>}. */
    String name(String ending) {
        var word = switch (kind) {
            case REGISTER -> ".register";
            case SNAPSHOT -> ".snapshot";
        };
        return "task-manager-" + spelling + word + ending;
    }

    /** All owners' files in a folder, sorted by name. */
    static List<OwnerFile> in(Path folder) throws IOException {
        var files = new ArrayList<OwnerFile>();
        for (var entry : FolderEntries.of(folder, "task-manager-*.json")) {
            parse(String.valueOf(entry.getFileName())).ifPresent(files::add);
        }
        files.sort(Comparator.comparing(OwnerFile::name));
        return files;
    }

    private static Optional<OwnerFile> parse(String name) {
        var match = NAME.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new OwnerFile(match.group(1), match.group(2).equals("register") ? Kind.REGISTER : Kind.SNAPSHOT));
    }
}
