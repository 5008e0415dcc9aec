package dev.reeve.bench;

import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Slug;
import dev.reeve.store.Register;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/** An operator's checkout with a register entry for each task. */
final class HammeredDesk {

    private static final OwnerKey DAVE = new OwnerKey("dave");

    private final Path path;
    private final Registers registers;

    HammeredDesk(Path path, List<String> slugs) {
        this.path = path;
        this.registers = new Registers(new StateFolder(path, InstantSource.system()));
        try {
            var _ = registers.update(DAVE, before -> {
                var entries = new LinkedHashMap<>(before);
                slugs.stream()
                        .map(Slug::new)
                        .forEach(slug -> entries.put(slug, new RegisterEntry(slug, "tasks/" + slug + ".md", null,
                                "task/" + slug, null, null, null, 1, "r-1", null)));
                return entries;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    int entries() {
        return register().entries().size();
    }

    /** How many registers can't be read or were set aside. */
    int corrupt() {
        try (var files = Files.list(path.resolve(".tasks/task_manager"))) {
            long aside = files.filter(file -> file.getFileName().toString().contains(".corrupt-")).count();
            return (int) aside + (register() instanceof Register.Loaded ? 0 : 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Register register() {
        try {
            return registers.read(DAVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
