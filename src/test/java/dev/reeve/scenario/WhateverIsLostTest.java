package dev.reeve.scenario;

import dev.reeve.kit.FakeDelivery;
import dev.reeve.kit.Scenario;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Whichever deliveries fail, vanish, come twice or in another order, and however often the server stops: in the end the same is done. */
@Tag("slow")
class WhateverIsLostTest {

    private static final List<String> TASKS = List.of("fix-login", "add-search", "pay-by-card");

    @RegisterExtension
    final Scenario scenario = Scenario.withRounds();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theEndIsThatOfAQuietDay(long seed) {
        var chance = new Random(seed);
        var shop = scenario.project().atGitHub();
        var events = new ArrayList<FakeDelivery>();
        for (int i = 0; i < TASKS.size(); i++) {
            var _ = scenario.pullRequest(12 + i).from("task/" + TASKS.get(i)).atGitHub();
            events.add(shop.pullRequestEvent(12 + i, "opened"));
        }
        happen(events, chance);
        for (int i = 0; i < TASKS.size(); i++) {
            var before = scenario.project().tip();
            var merge = scenario.pullRequest(12 + i).mergeUnannounced();
            events.add(shop.pushEvent("main", before, merge));
            events.add(shop.pullRequestEvent(12 + i, "closed"));
        }
        var _ = scenario.pullRequest(20).from("topic").describing("Task: fix-login").atGitHub();
        events.add(shop.pullRequestEvent(20, "opened"));
        happen(events, chance);
        scenario.advance(Duration.ofMinutes(16));
        scenario.advance(Duration.ofMinutes(16));
        for (int i = 0; i < TASKS.size(); i++) {
            scenario.task(TASKS.get(i)).isCompletedBy("dave", 12 + i);
            scenario.check(12 + i).concludes("success").isTitled("Completed " + TASKS.get(i));
        }
        scenario.check(20).concludes("success");
        assertThat(scenario.deadLetters()).isEmpty();
    }

    private void happen(List<FakeDelivery> events, Random chance) {
        Collections.shuffle(events, chance);
        for (var event : events) {
            switch (chance.nextInt(6)) {
                case 0 -> scenario.failToDeliver(event);
                case 1 -> scenario.gitHub().deliveries().add(event, 202);
                case 2 -> scenario.deliver(event);
                case 3 -> {
                    scenario.deliver(event);
                    scenario.redeliver();
                }
                case 4 -> scenario.restart();
                // No trace of it.
                default -> scenario.clock().advance(Duration.ofSeconds(20));
            }
        }
        events.clear();
        scenario.settle();
    }
}
