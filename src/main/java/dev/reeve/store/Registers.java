package dev.reeve.store;

import dev.reeve.durable.AtomicFile;
import dev.reeve.model.Fault;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The registers of a checkout, {@code task-manager-<owner>.register.json}: which tasks are claimed, by which run, in which
 * worktree.
 *
 * <p><b>Threading:</b> for any number of threads and processes. Updates follow each other; reads need no lock and
 * see the last complete update.
 */
public final class Registers {

    /** No real register comes near: 30,000 entries. */
    static final int LARGEST = 16 << 20;

    private final StateFolder state;

    public Registers(StateFolder state) {
        this.state = state;
    }

    /** The owners that have a register here, by its canonical name, sorted. */
    public List<OwnerKey> owners() throws IOException {
        var folder = state.existing();
        if (folder.isEmpty()) {
            return List.of();
        }
        return OwnerFile.in(folder.get())
                .stream()
                .filter(file -> file.kind() == OwnerFile.Kind.REGISTER)
                .flatMap(file -> OwnerKey.parse(file.spelling()).stream())
                .sorted()
                .toList();
    }

    /**
     * What the owner's register holds now. Changes nothing, whatever it finds.
     *
     * @throws IOException when the system lets it not be read
     */
    public Register read(OwnerKey owner) throws IOException {
        var folder = state.existing();
        if (folder.isEmpty()) {
            return new Register.Loaded(Map.of(), List.of());
        }
        var name = OwnerFile.register(owner).name();
        return switch (reading(folder.get(), name)) {
            case RegisterDocument.Sane(var document) ->
                new Register.Loaded(document.known(), document.signals(StateFolder.display(name)));
            case RegisterDocument.Corrupt(var fault) -> new Register.Corrupt(Signal.of(fault, null));
            case RegisterDocument.Untouchable(var fault) -> new Register.Untouchable(Signal.of(fault, null));
        };
    }

    /**
     * Changes the owner's register under the lock. What the change doesn't mention (unknown keys, entries that can't be read)
     * is kept; when it changes nothing, nothing is written.
     *
     * @param change from the entries as they are to the entries as they shall be, each under its own slug; called once, and
     *        not when the file must not be touched
     * @throws IOException when it could not be made durable; then the register is as it was
     */
    public RegisterUpdate update(OwnerKey owner, UnaryOperator<Map<Slug, RegisterEntry>> change) throws IOException {
        try (var locked = state.lock()) {
            var signals = new ArrayList<Signal>();
            var name = OwnerFile.register(owner).name();
            return switch (sound(locked, name, signals)) {
                case RegisterDocument.Sane(var document) ->
                    apply(locked, owner, new Draft(document, signals), change);
                case RegisterDocument.Untouchable(var fault) -> new RegisterUpdate.Refused(Signal.of(fault, null));
            };
        }
    }

    private record Draft(RegisterDocument document, List<Signal> signals) {}

    private static RegisterUpdate apply(StateFolder.Locked locked, OwnerKey owner, Draft draft,
            UnaryOperator<Map<Slug, RegisterEntry>> change) throws IOException {
        var before = draft.document.known();
        var after = new LinkedHashMap<>(change.apply(before));
        var file = OwnerFile.register(owner).name();
        draft.signals.addAll(draft.document.signals(StateFolder.display(file)));
        if (after.equals(before)) {
            return new RegisterUpdate.Unchanged(before, draft.signals);
        }
        var changed = draft.document.with(after);
        AtomicFile.replace(locked.held(), locked.folder().resolve(file), changed.bytes(owner));
        return new RegisterUpdate.Written(before, changed.known(), draft.signals);
    }

    /** Sets the entry of its slug. */
    public RegisterUpdate put(OwnerKey owner, RegisterEntry entry) throws IOException {
        return update(owner, entries -> {
            var changed = new LinkedHashMap<>(entries);
            changed.put(entry.slug(), entry);
            return changed;
        });
    }

    /**
     * Removes entries that are still as they were seen. One that has changed since, because its task was claimed
     * again, stays.
     */
    public RegisterUpdate remove(OwnerKey owner, Collection<RegisterEntry> seen) throws IOException {
        return update(owner, entries -> {
            var changed = new LinkedHashMap<>(entries);
            seen.forEach(entry -> changed.remove(entry.slug(), entry));
            return changed;
        });
    }

    /**
     * Merges files that other spellings of an owner left into the canonical one's, once: per slug the entry with the
     * latest time wins. The old registers, and the old snapshots, which are made anew, move to {@code archive/}. Doing it again, after a
     * crash or without any, does no harm.
     *
     * @param canonical the key of a spelling; nothing leaves that spelling's files alone
     */
    public SpellingMerged mergeSpellings(Function<String, Optional<OwnerKey>> canonical) throws IOException {
        return new SpellingMerge(state, canonical).merge();
    }

    private static RegisterDocument.Reading reading(Path folder, String name) throws IOException {
        return RegisterDocument.read(StateFolder.display(name),
                FileContent.read(StateFolder.file(folder, name), LARGEST));
    }

    /** What a writer finds: never corrupt, because what was so is set aside now, which {@code signals} says. */
    static RegisterDocument.Sound sound(StateFolder.Locked locked, String name, List<Signal> signals)
            throws IOException {
        return switch (reading(locked.folder(), name)) {
            case RegisterDocument.Sound reading -> reading;
            case RegisterDocument.Corrupt(var fault) -> {
                signals.add(setAside(locked, name, fault));
                yield new RegisterDocument.Sane(RegisterDocument.empty());
            }
        };
    }

    private static Signal setAside(StateFolder.Locked locked, String name, Fault fault) throws IOException {
        var aside = Aside.corrupt(locked.held(), StateFolder.file(locked.folder(), name), locked.now());
        return Signal.of(new Fault(fault.kind(), fault.place(),
                fault.message() + "; it was set aside as " + Text.plain(aside, 300) + " and an empty one begun"), null);
    }
}
