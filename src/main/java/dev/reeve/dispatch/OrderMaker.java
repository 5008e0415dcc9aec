package dev.reeve.dispatch;

import dev.reeve.model.RunId;
import dev.reeve.model.TaskSummary;
import dev.reeve.prompt.PromptFacts;
import dev.reeve.prompt.PromptTemplate;
import dev.reeve.store.RunHistory;
import dev.reeve.store.RunRecord.Site;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a runner's order.
 *
 * @param attempts runs of the task that count so far
 */
record OrderMaker(Dispatcher.Setting setting, String by, RunId id, PromptTemplate template, TaskSummary task,
        int attempts) {

    /** To end by itself, once its time is over. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long LOG_BYTES = 16L << 20;

    /** @param prepare what has to be run in the worktree first */
    RunOrder order(Site site, List<List<String>> prepare) throws IOException {
        var history = setting.post(task.slug()).files().history().read(task.slug());
        var pending = RunHistory.pending(history);
        var runSite = new RunSite(site.worktree(), id);
        int attempt = attempts + 1;
        var prompt = new PromptText(setting).of(template, task, site,
                new PromptFacts.OfRun(id.value(), attempt, runSite.result()), pending, history);
        var limits = new RunOrder.Limits(setting.limits().maxRunTime(), GRACE, LOG_BYTES,
                setting.worker().usageLimit(), setting.worker().usageLimitPause());
        return new RunOrder(id, setting.owner(), attempt, by, RunHistory.named(pending), site, setting.branch(),
                task.path().value(), program(prompt, runSite, prepare), limits,
                WorkerEnvironment.ofManager(setting.environment()));
    }

    private RunOrder.Program program(String prompt, RunSite site, List<List<String>> prepare) {
        var input = switch (setting.worker().prompt()) {
            case STDIN -> prompt;
            case ARGUMENT, FILE -> "";
        };
        return new RunOrder.Program(setting.worker().commandLine(prompt, site.prompt()), input, prompt, prepare,
                environment(site));
    }

    private Map<String, String> environment(RunSite site) {
        var all = new TreeMap<>(WorkerEnvironment.of(setting.environment(), setting.worker().env()));
        all.putAll(site.variables(task.slug().value(), task.path().value()));
        return all;
    }
}
