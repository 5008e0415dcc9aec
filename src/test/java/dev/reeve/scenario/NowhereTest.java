package dev.reeve.scenario;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Repositories;
import dev.reeve.kit.Scenario;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.model.WorkKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing is kept of work on a repository that the App isn't installed on. */
class NowhereTest {

    @RegisterExtension
    final Scenario scenario = Scenario.withRounds();

    @Test
    void anEventThatComesAfterItWentLeavesNothingBehind() {
        var shop = scenario.project().atGitHub();
        scenario.pullRequest(12).from("task/fix-login").mergeUnannounced();
        shop.uninstall();
        scenario.deliver(shop.installation().removed(shop));
        scenario.settle();
        scenario.pullRequest(12).deliver("closed");
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.waiting()).isZero();
        assertThat(scenario.dataFolder().resolve("clones/acme/shop.git")).doesNotExist();
    }

    /** As an older version left it. */
    @Test
    void whatIsDeadOfARepositoryThatIsNotInstalledGoesWhenItIsLookedAt() {
        var nowhere = RepositoryName.parse("else/where").orElseThrow();
        var queue = scenario.inbox().queue();
        int _ = queue.enqueue(List.of(new Arrival(new WorkKey(nowhere, new Subject.OfPush()), Trigger.of("once")),
                Repositories.look(nowhere, "somebody wants to know"))).join();
        scenario.settle();
        assertThat(scenario.deadLetters()).isEmpty();
        assertThat(scenario.waiting()).isZero();
    }
}
