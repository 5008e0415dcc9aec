package dev.reeve.reconcile;

import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.OwnerKey;
import dev.reeve.model.RegisterEntry;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.store.Register;
import dev.reeve.store.RegisterUpdate;
import dev.reeve.store.Registers;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The registers of a checkout, read once. Every owner's is read, because a task that another owner works on is no abandoned one; only those that the
 * pass is about are changed.
 */
final class Claims {

    private final Registers registers;
    private final Predicate<OwnerKey> ours;
    private final List<Signal> repaired = new ArrayList<>();
    private @Nullable List<Held> all;

    private record Held(OwnerKey owner, Register register) {}

    Claims(Registers registers, Predicate<OwnerKey> ours) {
        this.registers = registers;
        this.ours = ours;
    }

    /** A task's entry: ours if we have one. */
    Claim of(Slug slug) throws IOException {
        var found = new ArrayList<Claim>();
        for (var one : all()) {
            var entry = one.register().entries().get(slug);
            if (entry != null) {
                found.add(ours.test(one.owner()) ? new Claim.Held(one.owner(), entry)
                        : new Claim.HeldByAnother(one.owner(), entry));
            }
        }
        return found.stream()
                .filter(Claim.Held.class::isInstance)
                .findFirst()
                .or(() -> found.stream().findFirst())
                .or(this::unreadable)
                .orElse(new Claim.None());
    }

    private Optional<Claim> unreadable() {
        return unread().stream().findFirst().map(signal -> new Claim.Unreadable(signal.message()));
    }

    private List<Held> all() throws IOException {
        var read = all;
        if (read == null) {
            read = new ArrayList<>();
            for (var owner : registers.owners()) {
                read.add(new Held(owner, registers.read(owner)));
            }
            all = read;
        }
        return read;
    }

    private List<Signal> unread() {
        return (all == null ? List.<Held>of() : all).stream()
                .map(Held::register)
                .filter(register -> !(register instanceof Register.Loaded))
                .flatMap(register -> register.signals().stream())
                .toList();
    }

    /** The slugs of entries that satisfy a condition. */
    List<Slug> registered(Predicate<RegisterEntry> condition) throws IOException {
        return all().stream()
                .flatMap(one -> one.register().entries().values().stream())
                .filter(condition)
                .map(RegisterEntry::slug)
                .distinct()
                .toList();
    }

    /** All entries. */
    List<RegisterEntry> entries() throws IOException {
        return all().stream().flatMap(one -> one.register().entries().values().stream()).toList();
    }

    /** Merges files of other spellings, and reads everything anew. */
    List<Signal> mergeSpellings(Function<String, Optional<OwnerKey>> canonical) throws IOException {
        all = null;
        return registers.mergeSpellings(canonical).signals();
    }

    /** What is wrong with the registers, besides those that are not for us to touch. */
    List<Signal> signals() throws IOException {
        var signals = new ArrayList<>(repaired);
        for (var one : all()) {
            if (!(one.register() instanceof Register.Untouchable)) {
                signals.addAll(one.register().signals());
            }
        }
        return signals;
    }

    /** Why some registers are not for us to touch. */
    List<Signal> untouchable() throws IOException {
        return all().stream()
                .filter(one -> one.register() instanceof Register.Untouchable)
                .flatMap(one -> one.register().signals().stream())
                .toList();
    }

    /** Sets corrupt registers aside, each for an empty one. */
    void repair() throws IOException {
        boolean changed = false;
        for (var one : List.copyOf(all())) {
            if (one.register() instanceof Register.Corrupt) {
                repaired.addAll(switch (registers.update(one.owner(), UnaryOperator.identity())) {
                    case RegisterUpdate.Written written -> written.signals();
                    case RegisterUpdate.Unchanged unchanged -> unchanged.signals();
                    case RegisterUpdate.Refused(var signal) -> List.of(signal);
                });
                changed = true;
            }
        }
        all = changed ? null : all;
    }

    /** Takes an entry out of its register unless it was changed since; true when it is gone by this. */
    boolean prune(Claim.Held claim) throws IOException {
        return switch (registers.remove(claim.owner(), List.of(claim.entry()))) {
            case RegisterUpdate.Written _ -> true;
            case RegisterUpdate.Unchanged _ -> false;
            case RegisterUpdate.Refused(var signal) -> throw new IOException(signal.message());
        };
    }
}
