package dev.reeve.agent;

import dev.reeve.decide.BeatDecision;
import dev.reeve.decide.HeartbeatPolicy;
import dev.reeve.decide.QueueState;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.decide.TaskPass;
import dev.reeve.model.BeatFacts;
import dev.reeve.model.Judgement;
import dev.reeve.model.Pass;
import dev.reeve.model.Signal;
import dev.reeve.model.SignalKind;
import dev.reeve.model.Slug;
import dev.reeve.reconcile.Desk;
import dev.reeve.reconcile.RegisterPass;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One cycle while it runs: reconcile what is cheap, collect, ask, judge. Each step that fails leaves a signal and lets the others run. */
final class Cycle {

    private static final String QUEUE = "queue";

    private final Heartbeat.Surroundings surroundings;
    private final HeartbeatPolicy policy;
    private final Overview overview;
    private final Timeless timeless;
    private final Desk desk;
    private final Troubles troubles = new Troubles();
    private final List<Signal> signals = new ArrayList<>();
    /** Tasks that could not be looked at. */
    private final Map<Slug, Signal> unseen = new HashMap<>();
    /** Why none could. */
    private Optional<String> blind = Optional.empty();

    Cycle(Heartbeat.Surroundings surroundings, HeartbeatPolicy policy, Overview overview, Timeless timeless) {
        this.surroundings = surroundings;
        this.policy = policy.off().contains(Pass.RECONCILE) ? policy.repairing(Repairs.NOTHING) : policy;
        this.overview = overview;
        this.timeless = timeless;
        this.desk = surroundings.desk(overview.catalog());
    }

    Beat run(PullRequestWatch watch, Predicate<Slug> asked, Duration patience) {
        tidy();
        var begun = Begun.atDesk(overview, desk, policy, asked, troubles);
        var answers = answers(watch, begun, asked, patience);
        var listed = new ListedBranches(answers, overview);
        var found = look(begun.and(listed.found()), answers, asked);
        var facts = new Assembly(overview, answers, listed, found).facts();
        var queue = queue(facts);
        var tasks = judged(facts, queue);
        speakOfTheRest(answers);
        return new Beat(tasks, queue, List.copyOf(signals), pruned(found.values()), Beat.GitHub.of(answers));
    }

    /** Files that other spellings of an owner left are merged, and registers that don't parse set aside. */
    private void tidy() {
        if (policy.reconcile().repairs() != Repairs.NOTHING) {
            troubles.in(Pass.RECONCILE.id(), () -> {
                signals.addAll(desk.mergeSpellings(policy.reconcile().owners()::keyOf));
                desk.repairRegisters();
                return desk;
            });
        }
    }

    private PullRequestAnswers answers(PullRequestWatch watch, Begun begun, Predicate<Slug> asked,
            Duration patience) {
        if (policy.off().contains(Pass.PR_ATTENTION)) {
            return PullRequestAnswers
                    .notAsked("asking is switched off (" + Pass.PR_ATTENTION.id() + ", TASK_MANAGER_PR_CI_CHECK)");
        }
        return troubles.in(Pass.PR_ATTENTION.id(), () -> watch.refresh(begun.wanted(overview, asked), patience))
                .orElseGet(() -> PullRequestAnswers.notAsked("asking failed"));
    }

    /** @param asked those that are looked into; of the others only whether a worker is at them */
    private Map<Slug, RegisterPass.Found> look(Collection<Slug> slugs, PullRequestAnswers answers,
            Predicate<Slug> asked) {
        blind = troubles.reason(Begun.COLLECT);
        var found = new LinkedHashMap<Slug, RegisterPass.Found>();
        if (slugs.isEmpty()) {
            return found;
        }
        var looked = troubles.in(Pass.RECONCILE.id(), () -> {
            var pass = new RegisterPass(surroundings.tip(policy, desk), desk, answers);
            pass.run(slugs.stream().filter(asked).toList(), policy.reconcile())
                    .forEach(one -> found.put(one.slug(), one));
            slugs.stream().filter(asked.negate()).forEach(slug -> found.put(slug, pass.lastRunOnly(slug)));
            return found;
        });
        if (looked.isEmpty()) {
            blind = blind.or(() -> troubles.reason(Pass.RECONCILE.id()));
        }
        found.values().forEach(this::failures);
        return found;
    }

    /** A task that shows signs of work and could not be looked at isn't one at which nobody is. */
    private void failures(RegisterPass.Found one) {
        for (var failure : one.failures()) {
            troubles.failed(Pass.RECONCILE.id(), one.slug(), failure.message());
            if (one.facts().isEmpty() && blind.isEmpty()) {
                unseen.put(one.slug(), of(SignalKind.PASS_FAILED,
                        "whether somebody is at it could not be looked at: " + failure.message(), one.slug()));
            }
        }
    }

    private QueueState queue(List<BeatFacts> facts) {
        var seen = troubles.in(QUEUE, () -> BeatDecision.queue(facts, policy)).orElse(QueueState.NOTHING_KNOWN);
        return seen.unseen(blind.or(() -> troubles.reason(QUEUE)));
    }

    private List<Judgement> judged(List<BeatFacts> facts, QueueState queue) {
        timeless.restOn(queue, policy);
        var passes = TaskPass.on(policy.off());
        var tasks = new InOrder();
        for (var one : facts) {
            var known = unseen.containsKey(one.slug()) ? Optional.<Judgement>empty() : timeless.of(one);
            known.or(() -> judged(one, passes, queue)).ifPresent(tasks::add);
        }
        if (troubles.areAny()) {
            timeless.forget();
        }
        return tasks.all();
    }

    private Optional<Judgement> judged(BeatFacts facts, List<TaskPass> passes, QueueState queue) {
        var found = new ArrayList<>(overview.faults().getOrDefault(facts.slug(), List.of()));
        Optional.ofNullable(unseen.get(facts.slug())).ifPresent(found::add);
        for (var pass : passes) {
            troubles.in(pass.id(), facts.slug(), () -> pass.signals(facts, policy)).ifPresent(found::addAll);
        }
        var judgement = troubles.in("judge", facts.slug(), () -> BeatDecision.judge(facts, found, queue, policy))
                .flatMap(made -> made);
        judgement.ifPresent(timeless::keep);
        return judgement;
    }

    /** What is about no single task. */
    private void speakOfTheRest(PullRequestAnswers answers) {
        overview.catalog().faults().forEach(fault -> signals.add(Signal.of(fault, null)));
        troubles.in("registers", () -> {
            signals.addAll(desk.signals());
            signals.addAll(desk.untouchableRegisters());
            return desk;
        });
        answers.failure()
                .ifPresent(reason -> signals.add(of(SignalKind.LOOKUP_FAILED,
                        "GitHub could not be asked: " + reason, null)));
        signals.addAll(troubles.signals());
    }

    private static Signal of(SignalKind kind, String message, @Nullable Slug slug) {
        return new Signal(kind, kind.severity(), slug, message, null);
    }

    private static Map<Slug, String> pruned(Collection<RegisterPass.Found> found) {
        var pruned = new LinkedHashMap<Slug, String>();
        found.forEach(one -> one.pruned().ifPresent(reason -> pruned.put(one.slug(), reason)));
        return pruned;
    }
}
