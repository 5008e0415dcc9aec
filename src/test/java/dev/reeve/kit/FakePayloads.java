package dev.reeve.kit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reeve.kit.FakePull.Stage;
import dev.reeve.model.Sha;

import java.util.List;
import java.util.Map;

/** What GitHub sends to webhooks. */
final class FakePayloads {

    private FakePayloads() {}

    static FakeDelivery pullRequest(FakeRepository repository, FakePull pull, String action) {
        var view = pull.view(Stage.NOW);
        var payload = about(repository).put("action", action).put("number", pull.number());
        var json = FakeJson.pull(repository, view).put("merged", view.merged());
        json.set("merged_by", view.merged() ? FakeJson.user("merger") : null);
        payload.set("pull_request", json);
        return FakeDelivery.of("pull_request", payload);
    }

    static FakeDelivery push(FakeRepository repository, String branch, Sha before, Sha after) {
        var git = repository.git();
        var payload = about(repository).put("ref", "refs/heads/" + branch)
                .put("before", before.value())
                .put("after", after.value())
                .put("created", before.isZero())
                .put("deleted", after.isZero())
                .put("forced", !before.isZero() && !after.isZero() && !git.contains(after, before));
        payload.putObject("pusher").put("name", "octocat").put("email", "octocat@example.com");
        payload.put("compare", "https://github.com/" + repository.name() + "/compare");
        var commits = payload.putArray("commits");
        if (!after.isZero()) {
            git.commits(before, after)
                    .forEach(commit -> commits.addObject()
                            .put("id", commit.value())
                            .put("message", git.message(commit)));
            payload.set("head_commit",
                    FakeJson.object().put("id", after.value()).put("message", git.message(after)));
        }
        return FakeDelivery.of("push", payload);
    }

    static FakeDelivery repository(FakeRepository repository, String action) {
        var payload = about(repository).put("action", action);
        if (action.equals("edited")) {
            payload.putObject("changes").putObject("default_branch").put("from", "main");
        }
        return FakeDelivery.of("repository", payload);
    }

    static FakeDelivery installation(FakeInstallation installation, String event, String action,
            Map<String, List<FakeRepository>> lists) {
        var payload = FakeJson.object().put("action", action);
        payload.putObject("installation").put("id", installation.id());
        lists.forEach((name, repositories) -> {
            var list = payload.putArray(name);
            repositories.forEach(repository -> list.addObject()
                    .put("id", repository.id())
                    .put("name", repository.name().name())
                    .put("full_name", repository.name().toString())
                    .put("private", true));
        });
        return FakeDelivery.of(event, payload);
    }

    static ObjectNode about(FakeRepository repository) {
        var payload = FakeJson.object();
        payload.set("repository", FakeJson.repository(repository));
        payload.set("sender", FakeJson.user("octocat"));
        payload.putObject("installation").put("id", repository.installation().id()).put("node_id", "MDIzOk");
        return payload;
    }
}
