package dev.reeve.dispatch;

import dev.reeve.model.RegisterEntry;
import dev.reeve.model.RunId;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.RegisterUpdate;
import dev.reeve.store.Registers;
import dev.reeve.store.RunRecord.Site;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The claim of a task for one run: its entry in the register, which no other task may collide with. Whoever runs is named by it, and all others are late. It names a worktree only once there is one: whoever dies before leaves a
 * claim that keeps nobody from the next start.
 */
final class Claim {

    private final Dispatcher.Setting setting;
    private final TaskSummary task;
    private final RunId id;
    private final Registers registers;
    private @Nullable RegisterEntry before;
    private boolean taken;

    Claim(Dispatcher.Setting setting, TaskSummary task, RunId id) {
        this.setting = setting;
        this.task = task;
        this.id = id;
        this.registers = new Registers(setting.state());
    }

    /** Where the run is to work: where the register says, else beside the checkout. */
    Site site() throws IOException {
        var entry = registers.read(setting.owner()).entries().get(task.slug());
        var known = Optional.ofNullable(entry)
                .map(RegisterEntry::worktreePath)
                .map(Path::of)
                .filter(Path::isAbsolute);
        return new Site(known.orElseGet(this::beside), task.branch());
    }

    private Path beside() {
        var root = setting.checkout().root();
        return root.resolveSibling(root.getFileName() + ".worktrees").resolve(task.slug().value());
    }

    /**
     * Takes it.
     *
     * @return why it can't be had
     */
    Optional<String> take(Site site, int attempts) throws IOException {
        var collision = collision(site);
        if (collision.isPresent()) {
            return collision;
        }
        var obstacle = new AtomicReference<@Nullable String>();
        var update = registers.update(setting.owner(), entries -> {
            obstacle.set(colliding(entries, site));
            return obstacle.get() == null ? claimed(entries, site, attempts) : entries;
        });
        if (update instanceof RegisterUpdate.Refused(var signal)) {
            return Optional.of(signal.message());
        }
        taken = obstacle.get() == null;
        return Optional.ofNullable(obstacle.get());
    }

    private Map<Slug, RegisterEntry> claimed(Map<Slug, RegisterEntry> entries, Site site, int attempts) {
        var old = entries.get(task.slug());
        before = old;
        var changed = new LinkedHashMap<>(entries);
        changed.put(task.slug(), new RegisterEntry(task.slug(), task.path().value(),
                old == null ? null : old.worktreePath(), site.branch().value(),
                old == null ? setting.clock().instant() : old.registeredAt(), null, null,
                attempts, id.value(), old == null ? null : old.prNumber()));
        return changed;
    }

    /** Another owner's register may hold the same branch or folder. */
    private Optional<String> collision(Site site) throws IOException {
        for (var owner : registers.owners()) {
            var other = owner.equals(setting.owner()) ? null : colliding(registers.read(owner).entries(), site);
            if (other != null) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private @Nullable String colliding(Map<Slug, RegisterEntry> entries, Site site) {
        for (var entry : entries.values()) {
            if (!entry.slug().equals(task.slug())) {
                if (site.branch().value().equalsIgnoreCase(entry.branch())) {
                    return "its branch " + site.branch() + " is that of " + entry.slug()
                            + ", which is registered: give one of them another branch";
                }
                if (site.worktree().toString().equals(entry.worktreePath())) {
                    return "its worktree " + site.worktree() + " is that of " + entry.slug() + ", which is registered";
                }
            }
        }
        return null;
    }

    /** The worktree is there. */
    void placed(Site site) throws IOException {
        change(entry -> new RegisterEntry(entry.slug(), entry.taskPath(), site.worktree().toString(), entry.branch(),
                entry.registeredAt(), entry.launchedAt(), entry.startedAt(), entry.attempts(), entry.runId(),
                entry.prNumber()));
    }

    /** Makes the register as it was, unless another run has taken over. */
    void giveBack() throws IOException {
        var old = before;
        if (taken && old != null) {
            change(_ -> old);
        } else if (taken) {
            registers.update(setting.owner(), entries -> {
                var changed = new LinkedHashMap<>(entries);
                changed.values().removeIf(this::isOurs);
                return changed;
            });
        }
    }

    private boolean isOurs(RegisterEntry entry) {
        return entry.slug().equals(task.slug()) && id.value().equals(entry.runId());
    }

    private void change(UnaryOperator<RegisterEntry> change) throws IOException {
        registers.update(setting.owner(), entries -> {
            var changed = new LinkedHashMap<>(entries);
            changed.replaceAll((_, entry) -> isOurs(entry) ? change.apply(entry) : entry);
            return changed;
        });
    }
}
