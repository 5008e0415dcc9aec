package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.durable.ConfinedFolder;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.Signal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The one-time merge of an owner's split files. Each file is merged and then moved away; a crash between leaves it to be merged
 * once more, which changes nothing.
 */
final class SpellingMerge {

    private final StateFolder state;
    private final Function<String, Optional<OwnerKey>> canonical;

    SpellingMerge(StateFolder state, Function<String, Optional<OwnerKey>> canonical) {
        this.state = state;
        this.canonical = canonical;
    }

    /** A file of another spelling, and whose it is. */
    private record Stray(OwnerFile file, OwnerKey owner) {}

    SpellingMerged merge() throws IOException {
        var folder = state.existing();
        // Asked without the lock first: after the one time there is never anything to do.
        if (folder.isEmpty() || strays(folder.get()).isEmpty()) {
            return new SpellingMerged(List.of(), List.of());
        }
        try (var locked = state.lock()) {
            var archived = new ArrayList<String>();
            var signals = new LinkedHashSet<Signal>();
            for (var stray : strays(locked.folder())) {
                switch (stray.file.kind()) {
                    case REGISTER -> mergeRegister(locked, stray, signals).ifPresent(archived::add);
                    case SNAPSHOT -> archived.add(archive(locked, stray.file));
                }
            }
            return new SpellingMerged(List.copyOf(archived), List.copyOf(signals));
        }
    }

    private List<Stray> strays(Path folder) throws IOException {
        var strays = new ArrayList<Stray>();
        for (var file : OwnerFile.in(folder)) {
            canonical.apply(file.spelling())
                    .filter(owner -> !owner.value().equals(file.spelling()))
                    .ifPresent(owner -> strays.add(new Stray(file, owner)));
        }
        return strays;
    }

    /** The name in the archive; nothing when the file was left, or was corrupt and set aside. */
    private static Optional<String> mergeRegister(StateFolder.Locked locked, Stray stray, Set<Signal> signals)
            throws IOException {
        var theirs = sound(locked, stray.file, signals);
        var ours = theirs.isEmpty() ? theirs : sound(locked, OwnerFile.register(stray.owner), signals);
        if (theirs.isEmpty() || ours.isEmpty()) {
            return Optional.empty();
        }
        var merged = ours.get().mergedWith(theirs.get());
        if (!merged.equals(ours.get())) {
            var file = StateFolder.file(locked.folder(), OwnerFile.register(stray.owner).name());
            AtomicFile.replace(locked.held(), file, merged.bytes(stray.owner));
        }
        return Files.exists(StateFolder.file(locked.folder(), stray.file.name()), LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(archive(locked, stray.file))
                : Optional.empty();
    }

    /** Nothing when the file is not for this Reeve to touch. */
    private static Optional<RegisterDocument> sound(StateFolder.Locked locked, OwnerFile file, Set<Signal> signals)
            throws IOException {
        var found = new ArrayList<Signal>();
        var sound = Registers.sound(locked, file.name(), found);
        signals.addAll(found);
        return switch (sound) {
            case RegisterDocument.Sane(var document) -> Optional.of(document);
            case RegisterDocument.Untouchable(var fault) -> {
                signals.add(Signal.of(fault, null));
                yield Optional.empty();
            }
        };
    }

    private static String archive(StateFolder.Locked locked, OwnerFile file) throws IOException {
        var archive = ConfinedFolder.made(locked.folder(), Path.of("archive"));
        var source = StateFolder.file(locked.folder(), file.name());
        var stamp = "." + Aside.stamp(locked.now());
        return Aside.move(locked.held(), source, archive,
                n -> file.name(stamp + (n == 1 ? "" : "-" + n) + ".json"));
    }
}
