package dev.reeve.dispatch;

import dev.reeve.decide.Start;
import dev.reeve.durable.FailureWords;
import dev.reeve.git.Addition;
import dev.reeve.git.GitFailure;
import dev.reeve.model.BranchName;
import dev.reeve.model.CatalogEntry;
import dev.reeve.model.RunId;
import dev.reeve.model.Slug;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.RunRecord.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One start of one run, while its runner begins: the task is read anew, claimed, given a worktree, and handed to the runner. What fails gives everything back. */
final class Starting {

    private static final Logger LOG = LoggerFactory.getLogger(Starting.class);
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

    private final Dispatcher.Setting setting;
    private final Dispatcher.Look look;
    private final Slug slug;
    private final Dispatcher.Request request;
    private final long deadline;
    private final RunId id;

    Starting(Dispatcher.Setting setting, Dispatcher.Look look, Slug slug, Dispatcher.Request request) {
        this.setting = setting;
        this.look = look;
        this.slug = slug;
        this.request = request;
        this.deadline = System.nanoTime() + setting.timeout().toNanos();
        this.id = RunId.of(setting.clock().instant(), setting.random().nextLong());
    }

    Started with(RunnerProcess runner) throws IOException, InterruptedException {
        var fault = Program.fault(setting);
        if (fault.isPresent()) {
            return new Started.Refused(fault.get());
        }
        var template = new PromptText(setting).template();
        fetch();
        var found = look.at(slug, request.start());
        if (found.isEmpty()) {
            return new Started.Refused("there is no such task");
        }
        var seen = found.get();
        if (seen.obstacle().isPresent() || !(seen.facts().task() instanceof CatalogEntry.Valid(var task))) {
            return new Started.Refused(seen.obstacle().orElse("it has no task file that can be read"));
        }
        if (request.start() == Start.FOLLOW_UP && setting.post(slug).files().history().pending(slug).isEmpty()) {
            return new Started.Refused("nothing waits to be told to its worker");
        }
        if (!runner.isLocked(left())) {
            return new Started.Refused("a worker is at it");
        }
        return claimed(runner, task,
                new OrderMaker(setting, request.by(), id, template, task, seen.attempts()));
    }

    /** Where the remote can't be reached, work begins from what was fetched last. */
    private void fetch() {
        try {
            setting.checkout().fetchDefault(setting.branch());
        } catch (GitFailure e) {
            LOG.debug("the default branch could not be fetched before {} is started", slug, e);
        }
    }

    private Duration left() {
        var left = Duration.ofNanos(deadline - System.nanoTime());
        return left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
    }

    private Started claimed(RunnerProcess runner, TaskSummary task, OrderMaker orders)
            throws IOException, InterruptedException {
        var claim = new Claim(setting, task, id);
        var taken = claim.take(claim.site(), orders.attempts());
        if (taken.isPresent()) {
            return new Started.Refused(taken.get());
        }
        boolean isRunning = false;
        try {
            var started = inWorktree(runner, task.branch(), orders, claim);
            isRunning = started instanceof Started.Running;
            return started;
        } catch (IOException | GitFailure e) {
            return new Started.Failed(FailureWords.of(e));
        } finally {
            if (!isRunning) {
                runner.close();
                claim.giveBack();
            }
        }
    }

    private Started inWorktree(RunnerProcess runner, BranchName branch, OrderMaker orders, Claim claim)
            throws IOException, InterruptedException {
        return switch (new WorktreeMaker(setting).make(claim.site(), left())) {
            case Addition.Refused(var reason) -> new Started.Refused(reason);
            case Addition.Added(var path) -> {
                new CopiedFiles(setting.checkout().root(), path).copy(setting.worker().copy());
                var site = new Site(path, branch);
                claim.placed(site);
                new RunSite(path, id).isToBePrepared(setting.worker().prepare(), setting.clock());
                yield ordered(runner, orders.order(site, setting.worker().prepare()));
            }
            case Addition.Reused(var worktree) -> {
                var site = new Site(worktree.path(), branch);
                claim.placed(site);
                var prepare = new RunSite(worktree.path(), id).isToBePrepared() ? setting.worker().prepare()
                        : List.<List<String>>of();
                yield ordered(runner, orders.order(site, prepare));
            }
        };
    }

    private Started ordered(RunnerProcess runner, RunOrder order) throws IOException, InterruptedException {
        return switch (runner.order(order, left())) {
            case RunnerProcess.Answer.Running(long pid) ->
                new Started.Running(id, pid, order.site(), order.attempt());
            case RunnerProcess.Answer.Failed(var why) -> new Started.Failed(why);
        };
    }
}
