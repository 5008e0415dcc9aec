package dev.reeve.work;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.Slug;
import dev.reeve.model.Subject;
import dev.reeve.model.Task;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;

import java.util.LinkedHashSet;
import java.util.Objects;

/**
 * Reconciles a repository as a whole: every task that isn't over, and every one that a register or a dispatch file still knows, becomes work of its
 * own.
 */
final class AllWork {

    private AllWork() {}

    static Result run(Site site, Claim claim) {
        var tip = site.branch().fetchAgreed();
        var slugs = new LinkedHashSet<Slug>();
        tip.tasks().stream().filter(task -> !task.status().isFinal()).map(Task::slug).forEach(slugs::add);
        site.desk(tip).ifPresent(desk -> slugs.addAll(desk.knownSlugs()));
        var guid = claim.triggers().stream().map(Trigger::guid).filter(Objects::nonNull).findFirst().orElse(null);
        return new Result(new Outcome.Done(), slugs.stream()
                .map(slug -> new Arrival(
                        new WorkKey(site.name(), new Subject.OfTask(slug)),
                        new Trigger("whole repository", guid, null, null)))
                .toList());
    }
}
