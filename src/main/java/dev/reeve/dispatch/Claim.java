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
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The claim of a task for one run: its entry in the register, which no other task may collide with. Whoever runs is named by it, and all others are late. */
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
        var now = setting.clock().instant();
        var obstacle = new String[1];
        var update = registers.update(setting.owner(), entries -> {
            obstacle[0] = colliding(entries, site);
            if (obstacle[0] != null) {
                return entries;
            }
            before = entries.get(task.slug());
            var entry = new RegisterEntry(task.slug(), task.path().value(), site.worktree().toString(),
                    site.branch().value(), before == null ? now : before.registeredAt(), null, null, attempts,
                    id.value(), before == null ? null : before.prNumber());
            var changed = new LinkedHashMap<>(entries);
            changed.put(task.slug(), entry);
            return changed;
        });
        if (update instanceof RegisterUpdate.Refused(var signal)) {
            return Optional.of(signal.message());
        }
        taken = obstacle[0] == null;
        return Optional.ofNullable(obstacle[0]);
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

    /** The worktree turned out to be elsewhere. */
    void moved(Site site) throws IOException {
        change(entry -> new RegisterEntry(entry.slug(), entry.taskPath(), site.worktree().toString(), entry.branch(),
                entry.registeredAt(), entry.launchedAt(), entry.startedAt(), entry.attempts(), entry.runId(),
                entry.prNumber()));
    }

    /** Makes the register as it was, unless a run has begun meanwhile. */
    void giveBack() throws IOException {
        if (taken) {
            change(_ -> before);
        }
    }

    private void change(UnaryOperator<@Nullable RegisterEntry> change)
            throws IOException {
        registers.update(setting.owner(), entries -> {
            var changed = new LinkedHashMap<>(entries);
            changed.computeIfPresent(task.slug(),
                    (_, entry) -> Objects.equals(entry.runId(), id.value()) ? change.apply(entry) : entry);
            return changed;
        });
    }
}
