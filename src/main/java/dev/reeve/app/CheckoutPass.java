package dev.reeve.app;

import dev.reeve.config.AgentConfiguration;
import dev.reeve.config.AgentConfiguration.PullRequestChecks;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.git.Checkout;
import dev.reeve.git.FetchResult;
import dev.reeve.git.GitFailure;
import dev.reeve.github.Endpoint;
import dev.reeve.github.TokenAccess;
import dev.reeve.model.BranchName;
import dev.reeve.model.Sha;
import dev.reeve.model.Signal;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TasksRoot;
import dev.reeve.reconcile.Again;
import dev.reeve.reconcile.CheckoutTip;
import dev.reeve.reconcile.Desk;
import dev.reeve.reconcile.GitHubPullRequests;
import dev.reeve.reconcile.GitHubPullRequests.WhenItFails;
import dev.reeve.reconcile.NoPullRequests;
import dev.reeve.reconcile.PullRequests;
import dev.reeve.reconcile.ReconcileReport;
import dev.reeve.reconcile.ReconcileReport.Failure;
import dev.reeve.reconcile.ReconcileReport.Mode;
import dev.reeve.reconcile.Reconciler;
import dev.reeve.reconcile.WorkingTreeWriter;
import dev.reeve.store.Registers;
import dev.reeve.store.StateFolder;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A reconcile pass in an operator's checkout: what {@code reeve reconcile} runs. */
public final class CheckoutPass implements AutoCloseable {

    /**
     * What the operator asked for.
     *
     * @param slugs the tasks to look at; all when empty
     * @param idle after how long a task in progress counts as left, when not as configured
     * @param token for GitHub's API
     */
    public record Request(List<Slug> slugs, Optional<Duration> idle, Mode mode, Optional<String> token) {}

    private final Checkout checkout;
    private final TeamConfiguration team;
    private final AgentConfiguration agent;
    private final Request request;
    private final Machine machine;
    private final TasksRoot tasks;
    private final Desk desk;
    private final List<Failure> failures = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private @Nullable TokenAccess access;

    /** A pass that is run once. */
    public CheckoutPass(Checkout checkout, TeamConfiguration team, AgentConfiguration agent, Request request,
            Machine machine) {
        this.checkout = checkout;
        this.team = team;
        this.agent = agent;
        this.request = request;
        this.machine = machine;
        this.tasks = new TasksRoot(team.tasks());
        this.desk = new Desk(checkout, Optional.of(agent.owner()), tasks, machine.clock());
    }

    /** Runs it. What fails is in the report; nothing is thrown but faults of our own. */
    public ReconcileReport run() {
        mergeSpellings();
        var branch = defaultBranch();
        var tip = new CheckoutTip(checkout, branch, fetch(branch), tasks, this::hint);
        var policy = Policies.ofOperator(team, agent.owners(), branch, request.idle(), machine.clock().instant());
        var scope = Reconciler.Scope.of(slugs());
        var report = new Reconciler(tip, Optional.of(desk), pullRequests(), new WorkingTreeWriter(desk.tree()))
                .run(scope, policy, request.mode());
        signals.addAll(desk.signals());
        return report.with(signals, failures);
    }

    /** Whether this command can write where the team wants completions; {@code push} and {@code pull-request} are the server's. */
    public static boolean canPublish(TeamConfiguration team) {
        return switch (team.publishOfAgent()) {
            case NONE, WORKTREE -> true;
            case PUSH, PULL_REQUEST -> false;
        };
    }

    private void mergeSpellings() {
        if (request.mode() == Mode.ACT) {
            try {
                var merged = new Registers(new StateFolder(checkout.root(), machine.clock()))
                        .mergeSpellings(agent.owners()::keyOf);
                signals.addAll(merged.signals());
            } catch (IOException e) {
                failures.add(new Failure("merge files of other spellings", null, String.valueOf(e.getMessage()),
                        Again.MAY_HELP, null));
            }
        }
    }

    private BranchName defaultBranch() {
        try {
            return team.defaultBranch()
                    .or(checkout::defaultBranch)
                    .or(checkout::currentBranch)
                    .orElse(new BranchName("main"));
        } catch (GitFailure e) {
            failures.add(
                    new Failure("ask for the default branch", null, String.valueOf(e.getMessage()), Again.MAY_HELP, e));
            return checkout.currentBranch().orElse(new BranchName("main"));
        }
    }

    /** What the default branch has now, or, where the remote can't be asked, had when it was last fetched. */
    private Optional<Sha> fetch(BranchName branch) {
        if (checkout.config("remote.origin.url").isEmpty()) {
            return checkout.head();
        }
        try {
            return switch (checkout.fetchDefault(branch)) {
                case FetchResult.Fetched fetched -> Optional.of(fetched.tip());
                case FetchResult.Missing() -> Optional.empty();
            };
        } catch (GitFailure e) {
            failures.add(new Failure("fetch " + branch, null, String.valueOf(e.getMessage()), Again.MAY_HELP, e));
            return checkout.remoteTip(branch);
        }
    }

    private Optional<TaskPath> hint(Slug slug) {
        try {
            return desk.tree().find(slug).stream().findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Collection<Slug> slugs() {
        if (!request.slugs().isEmpty()) {
            return new LinkedHashSet<>(request.slugs());
        }
        try {
            var listing = desk.tree().all();
            listing.faults().forEach(fault -> signals.add(Signal.of(fault, null)));
            Set<Slug> all = new LinkedHashSet<>();
            listing.paths().forEach(path -> path.slug().ifPresent(all::add));
            all.addAll(desk.knownSlugs());
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PullRequests pullRequests() {
        var origin = checkout.origin();
        if (agent.pullRequestChecks() == PullRequestChecks.OFF) {
            return new NoPullRequests("asking is switched off (TASK_MANAGER_PR_CI_CHECK=0)");
        }
        if (origin.isEmpty()) {
            return new NoPullRequests("the remote origin is no repository on GitHub");
        }
        if (request.token().isEmpty()) {
            return new NoPullRequests("there is no token: set GITHUB_TOKEN, or log in with gh auth login");
        }
        var endpoint = Endpoint.of(agent.github().api(), agent.proxies());
        var opened = new TokenAccess(endpoint, request.token().get(), machine.clock());
        access = opened;
        return new GitHubPullRequests(opened.repository(origin.get().repository()), WhenItFails.ANSWER_UNKNOWN);
    }

    @Override
    public void close() {
        if (access != null) {
            access.close();
        }
    }
}
