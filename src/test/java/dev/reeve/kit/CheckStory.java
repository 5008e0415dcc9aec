package dev.reeve.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reeve.model.Sha;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A check run as people see it on a pull request. To ask for it is to account for what was written of it. */
public final class CheckStory {

    private static final String NAME = "reeve";

    private final FakeRepository repository;
    private final Sha head;

    CheckStory(Scenario scenario, FakeRepository repository, Sha head) {
        this.repository = repository;
        this.head = head;
        scenario.accountFor(head);
    }

    /** There is none. */
    public void isMissing() {
        assertThat(repository.checkRun(head, NAME)).isEmpty();
    }

    /** It has come to an end with this conclusion, and there is just one. */
    public CheckStory concludes(String conclusion) {
        assertThat(run().status()).isEqualTo("completed");
        assertThat(run().conclusion()).as(run().title() + "\n" + run().summary()).isEqualTo(conclusion);
        assertThat(repository.checkRuns().stream().filter(run -> run.head().equals(head))).hasSize(1);
        return this;
    }

    /** The newest has come to an end with this conclusion, and there are so many by now. */
    public CheckStory concludesAnew(int runs, String conclusion) {
        assertThat(repository.checkRuns().stream().filter(run -> run.head().equals(head) && run.app() == 0))
                .hasSize(runs)
                .allMatch(run -> run.status().equals("completed"));
        assertThat(run().conclusion()).as(run().title() + "\n" + run().summary()).isEqualTo(conclusion);
        return this;
    }

    public CheckStory isTitled(String title) {
        assertThat(run().title()).isEqualTo(title);
        return this;
    }

    /** All of these are in its summary. */
    public CheckStory says(String... words) {
        assertThat(run().summary()).contains(words);
        return this;
    }

    public CheckStory saysNothingOf(String... words) {
        assertThat(run().title() + summary() + run().text()).doesNotContain(words);
        return this;
    }

    /** It has a remark at this line. */
    public CheckStory annotates(String path, int line) {
        assertThat(annotations()).as("annotations")
                .anyMatch(remark -> remark.path("path").asText().equals(path)
                        && remark.path("start_line").asInt() == line);
        return this;
    }

    public List<JsonNode> annotations() {
        return run().annotations();
    }

    /** As GitHub shows it: without the comments at its end. */
    public String summary() {
        return run().summary().replaceAll("(\\n\\n<!-- (reeve promises|annotations)[a-z0-9 -]* -->)+$", "");
    }

    /** The run that GitHub shows. */
    public FakeCheckRun run() {
        return repository.checkRun(head, NAME).orElseThrow(() -> new AssertionError("no check run at " + head));
    }
}
