package dev.reeve.app;

import dev.reeve.agent.PullRequestSource.Connected;
import dev.reeve.agent.PullRequestSource.Missing;
import dev.reeve.agent.PullRequestSource.SwitchedOff;
import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.Nearest;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.decide.ReconcilePolicy.Repairs;
import dev.reeve.git.Checkout;
import dev.reeve.git.FetchResult;
import dev.reeve.git.GitFailure;
import dev.reeve.github.RepositoryClient;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.Again;
import dev.reeve.reconcile.CheckoutTip;
import dev.reeve.reconcile.Desk;
import dev.reeve.reconcile.GitHubPullRequests;
import dev.reeve.reconcile.GitHubPullRequests.WhenItFails;
import dev.reeve.reconcile.ListedPullRequests;
import dev.reeve.reconcile.NoPullRequests;
import dev.reeve.reconcile.PullRequests;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.TaskWriter;
import dev.reeve.reconcile.WorkingTreeWriter;
import dev.reeve.store.WorkingTree.Index;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A reconcile pass in an operator's checkout: what {@code reeve reconcile} runs. A dry run fetches the default branch, as the plan would be about yesterday
 * otherwise, and writes nothing else.
 */
public final class CheckoutPass implements AutoCloseable {

    /** A pass over all tasks asks GitHub for so many pull requests, those updated last: five requests. */
    private static final int LISTED = 500;

    /**
     * What the operator asked for.
     *
     * @param slugs the tasks to look at; all when empty
     * @param idle after how long a task in progress counts as left, when not as configured
     * @param repairs what may be changed
     * @param token gives the token for GitHub's API; asked when it is needed
     * @param fetching whether the remote is asked for its default branch
     */
    public record Request(List<Slug> slugs, Optional<Duration> idle, Mode mode, Repairs repairs,
            Supplier<Optional<String>> token, Fetching fetching) {

        /** A request that may change everything and fetches first. */
        public Request(List<Slug> slugs, Optional<Duration> idle, Mode mode, Supplier<Optional<String>> token) {
            this(slugs, idle, mode, Repairs.EVERYTHING, token, Fetching.FIRST);
        }
    }

    /** What is known of the default branch. */
    public enum Fetching {
        /** It is fetched. */
        FIRST,
        /** It counts as it was last fetched: for whoever has just done that. */
        LEFT_OUT
    }

    /** How it ended. */
    public sealed interface Ended {

        /** It ran; what failed is in the report. */
        record Reported(ReconcileReport report) implements Ended {}

        /**
         * One of the named tasks is none, so nothing was done.
         *
         * @param nearest the slug that was probably meant
         */
        record UnknownTask(Slug slug, Optional<String> nearest) implements Ended {}
    }

    private final Checkout checkout;
    private final TeamConfiguration team;
    private final AgentConfiguration agent;
    private final Request request;
    private final Machine machine;
    private final TasksRoot tasks;
    private final Desk desk;
    private final List<Failure> failures = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private Runnable connection = () -> {};

    /** A pass that is run once. */
    public CheckoutPass(Checkout checkout, TeamConfiguration team, AgentConfiguration agent, Request request,
            Machine machine) {
        this.checkout = checkout;
        this.team = team;
        this.agent = agent;
        this.request = request;
        this.machine = machine;
        this.tasks = new TasksRoot(team.tasks());
        this.desk = desk(request.mode() == Mode.ACT ? Index.KEPT : Index.READ);
    }

    private Desk desk(Index index) {
        return new Desk(checkout,
                owner -> agent.owners().keyOf(owner.value()).filter(agent.owner()::equals).isPresent(),
                tasks, machine.clock(), index);
    }

    /** Runs it. */
    public Ended run() {
        var tip = tip();
        var unknown = request.slugs().stream().filter(slug -> !isKnown(slug, tip)).findFirst();
        return unknown.<Ended>map(slug -> new Ended.UnknownTask(slug, nearest(slug)))
                .orElseGet(() -> new Ended.Reported(reconcile(tip)));
    }

    private ReconcileReport reconcile(CheckoutTip tip) {
        if (request.mode() == Mode.ACT) {
            step("merge files of other spellings", () -> signals.addAll(desk.mergeSpellings(agent.owners()::keyOf)));
            step("set corrupt registers aside", desk::repairRegisters);
        }
        var policy = Policies.ofOperator(team, agent.owners(), tip.branch(), request.idle(), machine.clock().instant())
                .repairing(request.repairs());
        var scope = Reconciler.Scope.of(slugs());
        var report = new Reconciler(tip, Optional.of(desk), pullRequests(), writer(tip.branch()))
                .run(scope, policy, request.mode());
        step("read the registers", () -> {
            signals.addAll(desk.signals());
            desk.untouchableRegisters().forEach(signal -> failures.add(untouchable(signal)));
        });
        return report.with(signals, failures);
    }

    private static Failure untouchable(Signal signal) {
        var where = signal.place() == null ? "" : signal.place().file() + ": ";
        return new Failure("read a register", null, where + signal.message(), Again.NEEDS_A_PERSON, null);
    }

    private void step(String name, Runnable doIt) {
        try {
            doIt.run();
        } catch (GitFailure | UncheckedIOException e) {
            failures.add(Failure.of(name, null, e));
        }
    }

    /** A task that is nowhere is a typing error. Where the state of a register is unknown it isn't. */
    private boolean isKnown(Slug slug, CheckoutTip tip) {
        try {
            // Another desk, because what is read here is not to be kept over the merge of spellings.
            return desk.find(slug).isPresent() || desk(Index.READ).knows(slug) || tip.find(slug).isPresent();
        } catch (UncheckedIOException | GitFailure e) {
            return true;
        }
    }

    private Optional<String> nearest(Slug slug) {
        var others = desk(Index.READ).list().paths().stream().flatMap(path -> path.slug().stream()).map(Slug::value);
        return Nearest.to(slug.value(), others.toList());
    }

    /** The default branch, fetched; where the remote can't be asked, as it was when it was last fetched. Without a remote, what is checked out. */
    private CheckoutTip tip() {
        if (checkout.config("remote.origin.url").isEmpty()) {
            return tip(branch(checkout.currentBranch()), checkout.head());
        }
        return switch (request.fetching()) {
            case FIRST -> fetchedTip();
            case LEFT_OUT -> rememberedTip();
        };
    }

    private CheckoutTip fetchedTip() {
        try {
            var branch = branch(team.defaultBranch().or(checkout::defaultBranch));
            return tip(branch, fetch(branch));
        } catch (GitFailure e) {
            failures.add(Failure.of("fetch the default branch", null, e));
            return rememberedTip();
        }
    }

    private CheckoutTip rememberedTip() {
        var branch = branch(Optional.empty());
        return tip(branch, checkout.remoteTip(branch));
    }

    private CheckoutTip tip(BranchName branch, Optional<Sha> commit) {
        return new CheckoutTip(checkout, branch, commit, tasks, desk::find);
    }

    private BranchName branch(Optional<BranchName> said) {
        return team.defaultBranch().or(() -> said).orElseGet(checkout::presumedDefaultBranch);
    }

    private Optional<Sha> fetch(BranchName branch) {
        return switch (checkout.fetchDefault(branch)) {
            case FetchResult.Fetched fetched -> Optional.of(fetched.tip());
            case FetchResult.Missing() -> {
                failures.add(new Failure("fetch the default branch", null,
                        "origin has no branch " + branch + ": push it, or set default_branch in "
                                + TeamConfiguration.FILE,
                        Again.NEEDS_A_PERSON, null));
                yield Optional.empty();
            }
        };
    }

    private Collection<Slug> slugs() {
        Set<Slug> all = new LinkedHashSet<>(request.slugs());
        if (all.isEmpty()) {
            step("list the tasks", () -> {
                var listing = desk.list();
                listing.faults().forEach(fault -> signals.add(Signal.of(fault, null)));
                listing.unread()
                        .forEach(what -> failures.add(new Failure("list the tasks", null,
                                "this user may not read " + what, Again.NEEDS_A_PERSON, null)));
                listing.paths().forEach(path -> path.slug().ifPresent(all::add));
                all.addAll(desk.knownSlugs());
            });
        }
        return all;
    }

    private PullRequests pullRequests() {
        return switch (PullRequestSources.of(checkout, agent, request.token(), machine.clock())) {
            case SwitchedOff(var reason) -> new NoPullRequests(reason);
            case Missing(var reason) -> new NoPullRequests(reason);
            case Connected connected -> {
                connection = connected.connection();
                yield pullRequests(connected.gitHub());
            }
        };
    }

    private PullRequests pullRequests(RepositoryClient gitHub) {
        var singly = new GitHubPullRequests(gitHub, WhenItFails.ANSWER_UNKNOWN);
        return request.slugs().isEmpty() ? ListedPullRequests.of(gitHub, LISTED, singly, desk::hasBranch) : singly;
    }

    private TaskWriter writer(BranchName branch) {
        return switch (team.publishOfAgent()) {
            case NONE, WORKTREE -> new WorkingTreeWriter(desk.tree(), checkout);
            case PUSH -> new OperatorsPush(checkout, agent, branch, request.token(), machine.clock());
            case PULL_REQUEST -> throw new IllegalStateException("this is refused before a pass is made");
        };
    }

    /** Whether this command can write where the team wants completions; a bookkeeping pull request is the server's. */
    public static boolean canPublish(TeamConfiguration team) {
        return switch (team.publishOfAgent()) {
            case NONE, WORKTREE, PUSH -> true;
            case PULL_REQUEST -> false;
        };
    }

    /** Whether a pass here completes tasks whose pull requests are merged; otherwise somebody else does. */
    public static boolean completes(TeamConfiguration team) {
        return switch (team.publishOfAgent()) {
            case WORKTREE, PUSH -> true;
            case NONE, PULL_REQUEST -> false;
        };
    }

    @Override
    public void close() {
        connection.run();
    }
}
