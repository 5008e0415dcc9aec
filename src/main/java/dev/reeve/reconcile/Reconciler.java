package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.decide.ReconcileDecision;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.decide.TaskPlan;
import dev.reeve.git.GitFailure;
import dev.reeve.git.Removal;
import dev.reeve.github.GitHubFailure;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskFacts;
import dev.reeve.model.TaskPath;
import dev.reeve.reconcile.ReconcileReport.Change;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.reconcile.ReconcileReport.Note;
import dev.reeve.reconcile.TaskWriter.Written;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One reconcile pass over tasks of a repository, at one moment.
 *
 * <p><b>Threading.</b> Holds no state between passes; several may run at once for different tasks. That one task is worked on by one pass
 * at a time is the queue's promise.
 */
public final class Reconciler {

    /**
     * What a pass is to look at.
     *
     * @param hints numbers of pull requests that are known to be about a task
     * @param deliveries GUIDs of the webhooks that caused the pass
     */
    public record Scope(Collection<Slug> slugs, Map<Slug, Set<Integer>> hints, List<String> deliveries) {

        /** These tasks, nothing else known. */
        public static Scope of(Collection<Slug> slugs) {
            return new Scope(slugs, Map.of(), List.of());
        }

        /** The tasks that a pull request is about. */
        public static Scope about(Collection<Slug> slugs, int pullRequest) {
            var hints = new LinkedHashMap<Slug, Set<Integer>>();
            slugs.forEach(slug -> hints.put(slug, Set.of(pullRequest)));
            return new Scope(slugs, hints, List.of());
        }
    }

    /** So many tasks are looked at before their facts are let go. */
    private static final int AT_ONCE = 1_000;
    static final String LOOK = "look at it";

    private final Tip tip;
    private final Optional<Desk> desk;
    private final PullRequests pullRequests;
    private final TaskWriter writer;

    /**
     * @param desk the operator's checkout, where there is one
     * @param writer where task files are written
     */
    public Reconciler(Tip tip, Optional<Desk> desk, PullRequests pullRequests, TaskWriter writer) {
        this.tip = tip;
        this.desk = desk;
        this.pullRequests = pullRequests;
        this.writer = writer;
    }

    /** What is known of each of these tasks and what would be done about it. */
    public List<Planned> plan(Scope scope, ReconcilePolicy policy) {
        var draft = new Draft(Mode.DRY_RUN);
        var plans = new ArrayList<Planned>();
        plan(scope, policy, draft, plans::add);
        draft.failures.stream()
                .map(Failure::cause)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .ifPresent(cause -> {
                    throw cause;
                });
        return plans;
    }

    /** Looks at these tasks and does what there is to do about them. */
    public ReconcileReport run(Scope scope, ReconcilePolicy policy, Mode mode) {
        var draft = new Draft(mode);
        var plans = new ArrayList<TaskPlan>();
        plan(scope, policy, draft, planned -> {
            // Of most tasks nothing is to be said, and there may be a hundred thousand of them.
            if (!planned.plan().isEmpty()) {
                plans.add(planned.plan());
            }
        });
        plans.forEach(draft::add);
        switch (mode) {
            case DRY_RUN -> plans.stream()
                    .flatMap(plan -> plan.actions().stream())
                    .forEach(action -> draft.changed(action, null, null));
            case ACT -> {
                act(plans, new Trailers(scope.deliveries()), draft);
                if (policy.repairs() == Repairs.EVERYTHING) {
                    plans.forEach(plan -> repair(plan, draft));
                }
            }
        }
        return draft.report(scope.slugs().size());
    }

    /** Looks at these tasks and tells what there is to do about them, and what that would write. */
    public Rehearsed rehearse(Scope scope, ReconcilePolicy policy) {
        var rewrites = new ArrayList<Rewrite>();
        var draft = new Draft(Mode.DRY_RUN);
        plan(scope, policy, draft, planned -> {
            draft.add(planned.plan());
            planned.plan().actions().forEach(action -> {
                draft.changed(action, null, null);
                rewrite(action, new Trailers(List.of())).ifPresent(rewrites::add);
            });
        });
        return new Rehearsed(draft.report(scope.slugs().size()), new RehearsedWriter(tip).edits(rewrites));
    }

    /** What is known of a task and what is to be done about it. */
    public record Planned(TaskFacts facts, TaskPlan plan) {}

    private void plan(Scope scope, ReconcilePolicy policy, Draft draft, Consumer<Planned> plans) {
        var observer = new Observer(tip, desk, pullRequests, policy.repairs());
        var slugs = List.copyOf(scope.slugs());
        for (int from = 0; from < slugs.size(); from += AT_ONCE) {
            var some = slugs.subList(from, Math.min(slugs.size(), from + AT_ONCE));
            try {
                plan(observer, some, scope.hints(), policy, draft, plans);
            } catch (GitFailure | UncheckedIOException e) {
                draft.failures.add(Failure.of("look at " + some.size() + " tasks", null, e));
            }
        }
    }

    private static void plan(Observer observer, List<Slug> slugs, Map<Slug, Set<Integer>> hints,
            ReconcilePolicy policy, Draft draft, Consumer<Planned> plans) {
        var failed = new LinkedHashMap<Slug, RuntimeException>();
        var look = observer.look(slugs, failed);
        failed.forEach((slug, why) -> draft.failures.add(Failure.of(LOOK, slug, why)));
        for (var slug : slugs) {
            if (!failed.containsKey(slug)) {
                attempt(LOOK, slug, draft, () -> {
                    var facts = look.at(slug, hints.getOrDefault(slug, Set.of()));
                    plans.accept(new Planned(facts, ReconcileDecision.decide(facts, policy)));
                });
            }
        }
    }

    private void act(List<TaskPlan> plans, Trailers trailers, Draft draft) {
        var failed = write(plans, trailers, draft);
        for (var plan : plans) {
            if (!failed.contains(plan.slug())) {
                plan.actions().forEach(action -> {
                    if (!attempt(action.verb(), action.slug(), draft, () -> actAtDesk(action, draft))) {
                        draft.held.add(action.slug());
                    }
                });
            }
        }
    }

    /** A dispatch status that doesn't parse was judged as it is; the next run gets a new one. */
    private void repair(TaskPlan plan, Draft draft) {
        if (plan.signals().stream().anyMatch(signal -> signal.kind() == SignalKind.STATE_FILE_CORRUPT)) {
            attempt("set aside its dispatch status", plan.slug(), draft,
                    () -> desk.ifPresent(d -> draft.signals.addAll(d.repair(plan.slug()))));
        }
    }

    /** Writes all task files of the pass in one go. What could not be written keeps its later steps from being taken. */
    private Set<Slug> write(List<TaskPlan> plans, Trailers trailers, Draft draft) {
        var actions = plans.stream()
                .flatMap(plan -> plan.actions().stream())
                .filter(action -> rewrite(action, trailers).isPresent())
                .toList();
        var failed = new HashSet<Slug>();
        if (actions.isEmpty()) {
            return failed;
        }
        var results = written(actions.stream().map(action -> rewrite(action, trailers).orElseThrow()).toList());
        for (int i = 0; i < actions.size(); i++) {
            if (!record(actions.get(i), results.get(i), draft)) {
                failed.add(actions.get(i).slug());
            }
        }
        return failed;
    }

    private List<Written> written(List<Rewrite> rewrites) {
        try {
            return writer.write(rewrites);
        } catch (GitFailure | GitHubFailure e) {
            return Collections.nCopies(rewrites.size(), Written.Failed.of(e));
        }
    }

    private static @Nullable Integer pullRequest(Action action) {
        return switch (action) {
            case Action.Complete complete -> complete.completion().prNumber();
            case Action.Demote _,Action.Prune _,Action.Archive _,Action.RemoveWorktree _ -> null;
        };
    }

    private static Optional<Rewrite> rewrite(Action action, Trailers trailers) {
        return switch (action) {
            case Action.Complete complete -> Optional.of(new Completing(complete, trailers));
            case Action.Demote demote -> Optional.of(new Demoting(demote, trailers));
            case Action.Prune _,Action.Archive _,Action.RemoveWorktree _ -> Optional.empty();
        };
    }

    /** Records what became of a written action; true when the later steps about its task may go on. */
    private static boolean record(Action action, Written written, Draft draft) {
        return switch (written) {
            case Written.Pushed(var commit) -> draft.changed(action, commit, null);
            case Written.InWorkingTree(var path) -> draft.changed(action, null, path);
            case Written.NotNeeded _ -> true;
            case Written.Waiting(_, var reason) -> {
                draft.notes.add(new Note(Note.Kind.SKIPPED, action.slug(), reason));
                yield false;
            }
            case Written.Failed(var reason, var again, var cause) -> {
                draft.failures
                        .add(new Failure(action.verb(), action.slug(), reason, again, cause, pullRequest(action)));
                yield false;
            }
        };
    }

    private void actAtDesk(Action action, Draft draft) {
        switch (action) {
            case Action.Complete _,Action.Demote _ -> {
            }
            case Action.Prune prune -> {
                if (!draft.held.contains(prune.slug()) && desk.orElseThrow().prune(prune.claim())) {
                    draft.changed(prune, null, null);
                }
            }
            case Action.Archive archive -> {
                if (desk.orElseThrow().archive(archive.slug())) {
                    draft.changed(archive, null, null);
                }
            }
            case Action.RemoveWorktree remove -> remove(remove, draft);
        }
    }

    private void remove(Action.RemoveWorktree remove, Draft draft) {
        switch (desk.orElseThrow().removeWorktree(remove.worktree().path())) {
            case Removal.Removed() -> draft.changed(remove, null, null);
            case Removal.Refused(var reason) -> {
                draft.held.add(remove.slug());
                draft.signals.add(remove.kept("git keeps it: " + reason));
            }
        }
    }

    private static boolean attempt(String step, Slug slug, Draft draft, Runnable doIt) {
        try {
            doIt.run();
            return true;
        } catch (RuntimeException e) {
            draft.failures.add(Failure.of(step, slug, e));
            return false;
        }
    }

    /** A report while it grows. */
    private static final class Draft {
        private final Mode mode;
        private final List<Change> changes = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private final List<Signal> signals = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();
        /** Tasks whose register entries must stay because their worktrees do. */
        private final Set<Slug> held = new HashSet<>();

        Draft(Mode mode) {
            this.mode = mode;
        }

        boolean changed(Action action, @Nullable Sha commit, @Nullable TaskPath file) {
            return changes.add(
                    new Change(action.verb(), action.slug(), action.reason(), commit, pullRequest(action), file));
        }

        void add(TaskPlan plan) {
            signals.addAll(plan.signals());
            plan.skipped().forEach(reason -> notes.add(new Note(Note.Kind.SKIPPED, plan.slug(), reason)));
            plan.deferred().forEach(reason -> notes.add(new Note(Note.Kind.DEFERRED, plan.slug(), reason)));
        }

        ReconcileReport report(int examined) {
            return new ReconcileReport(mode, examined, changes, notes, Lookups.grouped(signals), failures);
        }
    }
}
