package dev.reeve.reconcile;

import dev.reeve.decide.Action;
import dev.reeve.decide.ReconcileDecision;
import dev.reeve.decide.ReconcilePolicy;
import dev.reeve.decide.TaskPlan;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskFacts;
import dev.reeve.reconcile.ReconcileReport.Change;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.reconcile.ReconcileReport.Note;
import dev.reeve.reconcile.TaskWriter.Written;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        var plans = plan(scope, policy, draft);
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
        var plans = plan(scope, policy, draft);
        plans.forEach(planned -> draft.add(planned.plan()));
        switch (mode) {
            case DRY_RUN -> plans.forEach(planned -> planned.plan()
                    .actions()
                    .forEach(action -> draft.changes
                            .add(new Change(action.verb(), action.slug(), action.reason(), null,
                                    pullRequest(action)))));
            case ACT -> act(plans, new Trailers(scope.deliveries()), draft);
        }
        return draft.report(scope.slugs().size());
    }

    /** What is known of a task and what is to be done about it. */
    public record Planned(TaskFacts facts, TaskPlan plan) {}

    private List<Planned> plan(Scope scope, ReconcilePolicy policy, Draft draft) {
        var observer = new Observer(tip, desk, pullRequests);
        var published = observer.published(scope.slugs());
        var plans = new ArrayList<Planned>();
        for (var slug : scope.slugs()) {
            attempt("look at it", slug, draft, () -> {
                var copy = published.getOrDefault(slug, new TaskCopy.Absent());
                var facts = observer.observe(slug, copy, scope.hints().getOrDefault(slug, Set.of()));
                plans.add(new Planned(facts, ReconcileDecision.decide(facts, policy)));
            });
        }
        return plans;
    }

    private void act(List<Planned> plans, Trailers trailers, Draft draft) {
        var failed = write(plans, trailers, draft);
        for (var planned : plans) {
            for (var action : planned.plan().actions()) {
                if (!failed.contains(action.slug())) {
                    attempt(action.verb(), action.slug(), draft, () -> actAtDesk(action, draft));
                }
            }
        }
    }

    /** Writes all task files of the pass in one go. What could not be written keeps its later steps from being taken. */
    private Set<Slug> write(List<Planned> plans, Trailers trailers, Draft draft) {
        var actions = plans.stream()
                .flatMap(planned -> planned.plan().actions().stream())
                .filter(action -> rewrite(action, trailers).isPresent())
                .toList();
        var failed = new HashSet<Slug>();
        if (actions.isEmpty()) {
            return failed;
        }
        var results = writer.write(actions.stream().map(action -> rewrite(action, trailers).orElseThrow()).toList());
        for (int i = 0; i < actions.size(); i++) {
            if (!record(actions.get(i), results.get(i), draft)) {
                failed.add(actions.get(i).slug());
            }
        }
        return failed;
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
            case Written.Pushed(var commit) -> draft.changed(action, action.reason(), commit);
            case Written.InWorkingTree(var path) ->
                draft.changed(action, action.reason() + " (commit " + path + ")", null);
            case Written.NotNeeded _ -> true;
            case Written.Failed(var reason, var again) -> {
                draft.failures.add(new Failure(action.verb(), action.slug(), reason, again, null));
                yield false;
            }
        };
    }

    private void actAtDesk(Action action, Draft draft) {
        switch (action) {
            case Action.Complete _,Action.Demote _ -> {
            }
            case Action.Prune prune -> {
                if (desk.orElseThrow().prune(prune.claim())) {
                    draft.changed(prune, prune.reason(), null);
                }
            }
            case Action.Archive archive -> {
                if (desk.orElseThrow().archive(archive.slug())) {
                    draft.changed(archive, archive.reason(), null);
                }
            }
            case Action.RemoveWorktree remove -> {
                desk.orElseThrow().removeWorktree(remove.path());
                draft.changed(remove, remove.path() + ": " + remove.reason(), null);
            }
        }
    }

    private static void attempt(String step, Slug slug, Draft draft, Runnable doIt) {
        try {
            doIt.run();
        } catch (RuntimeException e) {
            draft.failures.add(Failures.of(step, slug, e));
        }
    }

    /** A report while it grows. */
    private static final class Draft {
        private final Mode mode;
        private final List<Change> changes = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private final List<Signal> signals = new ArrayList<>();
        private final List<Failure> failures = new ArrayList<>();

        Draft(Mode mode) {
            this.mode = mode;
        }

        boolean changed(Action action, String detail, @Nullable Sha commit) {
            return changes.add(new Change(action.verb(), action.slug(), detail, commit, pullRequest(action)));
        }

        void add(TaskPlan plan) {
            signals.addAll(plan.signals());
            plan.skipped().forEach(reason -> notes.add(new Note(Note.Kind.SKIPPED, plan.slug(), reason)));
            plan.deferred().forEach(reason -> notes.add(new Note(Note.Kind.DEFERRED, plan.slug(), reason)));
        }

        ReconcileReport report(int examined) {
            return new ReconcileReport(mode, examined, changes, notes, signals, failures);
        }
    }
}
