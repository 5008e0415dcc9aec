package dev.reeve.github;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RequestTurnsTest {

    private final RequestTurns turns = new RequestTurns(4);
    private final List<String> granted = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static ApiRequest about(String repository) {
        return new ApiRequest(ApiRequest.Method.GET, "/repos/acme/" + repository + "/pulls/1?x=y", null,
                Permission.PULL_REQUESTS_READ, ApiRequest.Repeat.HARMLESS);
    }

    private void take(String repository) {
        threads.execute(() -> {
            try {
                turns.take(about(repository));
                granted.add(repository);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void awaitGranted(int count) {
        await().until(() -> granted.size() == count);
    }

    @Test
    void aRepositoryThatWantsManyLeavesOneToOthers() {
        IntStream.range(0, 10).forEach(_ -> take("storm"));
        awaitGranted(3);
        take("quiet");
        awaitGranted(4);

        assertThat(granted).containsExactly("storm", "storm", "storm", "quiet");
    }

    @Test
    void whoeverHasTheFewestUnderWayIsNext() {
        IntStream.range(0, 10).forEach(_ -> take("storm"));
        awaitGranted(3);
        take("second");
        awaitGranted(4);
        IntStream.range(0, 5).forEach(_ -> take("second"));
        take("quiet");
        await().until(() -> turns.waiting() == 13);

        turns.giveBack(about("storm"));
        awaitGranted(5);
        assertThat(granted.getLast()).isEqualTo("quiet");
    }

    @Test
    void oneThatIsInterruptedTakesNoTurn() throws Exception {
        IntStream.range(0, 3).forEach(_ -> take("storm"));
        awaitGranted(3);
        var waiting = Thread.ofVirtual().start(() -> {
            try {
                turns.take(about("storm"));
                granted.add("interrupted");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> turns.waiting() == 1);
        waiting.interrupt();
        waiting.join();
        turns.giveBack(about("storm"));
        take("storm");
        awaitGranted(4);

        assertThat(granted).doesNotContain("interrupted");
        assertThat(turns.waiting()).isZero();
    }
}
