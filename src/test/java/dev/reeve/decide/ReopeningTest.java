package dev.reeve.decide;

import dev.reeve.model.AtMerge;
import dev.reeve.model.BranchName;
import dev.reeve.model.Priority;
import dev.reeve.model.Slug;
import dev.reeve.model.Task;
import dev.reeve.model.TaskCopy;
import dev.reeve.model.TaskPath;
import dev.reeve.model.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ReopeningTest {

    private static final Slug SLUG = new Slug("fix-login");
    private static final Map<String, String> OF_A_COMPLETION = Map.of("completed_by", "dave", "completed_at",
            "2026-03-27");

    private static Task task(TaskStatus status, @Nullable Integer number, Map<String, String> frontmatter) {
        return new Task(SLUG, new TaskPath("tasks/fix-login.md"), "Fix it", status, Priority.P2, null, "dave",
                List.of(), BranchName.ofTask(SLUG), number, frontmatter, List.of(), false);
    }

    private static AtMerge then(Task task) {
        return new AtMerge.Stated(new TaskCopy.Valid(task, null));
    }

    private static final Task READY = task(TaskStatus.READY, null, Map.of());
    private static final Task UNDONE = task(TaskStatus.READY, 12, OF_A_COMPLETION);

    @Test
    void aTaskThatIsOpenAsItWasInTheMergeWasNotReopened() {
        assertThat(Reopening.of(READY, 13, then(READY))).isEqualTo(Reopening.NOT_REOPENED);
        assertThat(Reopening.of(READY, 13, new AtMerge.Unknown())).isEqualTo(Reopening.NOT_REOPENED);
    }

    @Test
    void aTaskThatWasFinalInTheMergeWasReopenedWhoeverHadDoneIt() {
        var completed = task(TaskStatus.COMPLETED, 12, OF_A_COMPLETION);
        var cancelled = task(TaskStatus.CANCELLED, null, Map.of());
        assertThat(Reopening.of(UNDONE, 13, then(completed))).isEqualTo(Reopening.REOPENED);
        assertThat(Reopening.of(READY, 13, then(completed))).isEqualTo(Reopening.REOPENED);
        assertThat(Reopening.of(READY, 13, then(cancelled))).isEqualTo(Reopening.REOPENED);
    }

    @Test
    void aTaskThatGotAnothersCompletionAfterTheMergeWasReopenedSince() {
        assertThat(Reopening.of(UNDONE, 11, then(READY))).isEqualTo(Reopening.REOPENED);
        assertThat(Reopening.of(UNDONE, 11, then(task(TaskStatus.READY, 10, OF_A_COMPLETION))))
                .isEqualTo(Reopening.REOPENED);
    }

    @Test
    void aTaskThatWasReopenedBeforeTheMergeIsThatMergesToComplete() {
        assertThat(Reopening.of(UNDONE, 13, then(UNDONE))).isEqualTo(Reopening.NOT_REOPENED);
    }
}
