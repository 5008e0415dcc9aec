package dev.reeve.dispatch;

import dev.reeve.model.FollowUp;
import dev.reeve.model.TaskSummary;
import dev.reeve.store.RunRecord.Site;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

record PromptText(Dispatcher.Setting setting) {

    String of(TaskSummary task, Site site, RunSite runSite, int attempt, List<FollowUp> pending) throws IOException {
        return Files.readString(setting.checkout().root().resolve(task.path().value())) + runSite.result() + attempt
                + site + pending;
    }
}
