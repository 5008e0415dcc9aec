package dev.reeve.cli;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static dev.reeve.cli.Operator.MARCH;
import static dev.reeve.cli.Operator.task;
import static org.assertj.core.api.Assertions.assertThat;

/** A repository that the {@code task-manager-*} scripts have run, with all they left, is taken over as docs/migrating.md says. */
class MigrationTest {

    private static final String DONE = task("completed", "started_at: 2026-03-01T09:00:00+01:00", "in_progress: false");

    @TempDir
    private Path folder;
    private Operator operator;

    @BeforeEach
    void leaveWhatTheScriptsLeft() {
        operator = new Operator(folder, MARCH);
        operator.publish("tasks/done.md", DONE);
        operator.publish("tasks/running.md", task("in_progress"));
        operator.publish("tasks/left.md", task("in_progress"));
        operator.state("task-manager-dave.register.json",
                bare("fix-login", "2026-03-20T10:00:00+01:00", operator.worktree("fix-login")));
        operator.state("task-manager-dave.fowler.register.json",
                bare("done", "2026-03-01T09:00:00+01:00", Path.of("/gone/done")));
        operator.state("task-manager-davefowler.register.json",
                bare("running", "2026-03-26T22:00:00-05:00", operator.worktree("running")));
        operator.state("task-manager-dave.fowler.snapshot.json", "{\"tasks\":[]}");
        operator.dispatched("running", "{\"pid\":" + ProcessHandle.current().pid() + "}");
        operator.dispatched("done", "{\"pid\":999999999}");
        operator.with("TASK_MANAGER_OWNER", "Dave.Fowler").with("TASK_MANAGER_MAX_DISPATCHES_PER_CYCLE", "2");
        operator.write(".git/hooks/post-merge", "#!/bin/sh\n./task-manager-collect\n");
        operator.write(".reeve.yml", "owners: { dave: { aliases: [dave.fowler] } }\n");
    }

    @AfterEach
    void leave() {
        operator.close();
    }

    private static String bare(String slug, String time, Path worktree) {
        return """
                {"%s": {"task_path": "tasks/%s.md", "worktree_path": "%s", "branch": "task/%s", "registered_at": "%s",
                  "launched_at": "%s", "attempts": 1, "note_of_the_scripts": "kept"}}
                """.formatted(slug, slug, worktree, slug, time, time);
    }

    @Test
    void theDoctorSaysWhatItFindsAndChangesNothing() {
        var before = operator.everything();

        var ran = operator.run("doctor");

        assertThat(operator.everything()).isEqualTo(before);
        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("the queue here is that of dave (by TASK_MANAGER_OWNER)",
                "the register of \"dave.fowler\" is dave's under another spelling",
                "the register of \"davefowler\" is dave's under another spelling",
                "2 tasks have dispatch files, 1 of them a live worker");
    }

    @Test
    void theFirstReconcileMergesPrunesAndArchivesAndLeavesWhatRuns() {
        var ran = operator.reconcile("--idle-seconds", "0");

        assertThat(ran.exit()).as(ran.out()).isZero();
        assertThat(operator.stateFiles()).contains("task-manager-dave.register.json", "archive")
                .doesNotContain("task-manager-davefowler.register.json", "task-manager-dave.fowler.register.json",
                        "task-manager-dave.fowler.snapshot.json");
        assertThat(operator.state("task-manager-dave.register.json"))
                .contains("\"schema\"", "\"fix-login\"", "\"running\"",
                        "note_of_the_scripts")
                .doesNotContain("\"done\"");
        assertThat(operator.read("tasks/running.md")).contains("status: in_progress");
        assertThat(operator.read("tasks/left.md")).contains("status: ready");
        assertThat(operator.read("tasks/done.md")).isEqualTo(DONE);
        assertThat(operator.names(operator.checkout().resolve("tasks/logs"))).contains("dispatch-running.status.json")
                .doesNotContain("dispatch-done.status.json");
        assertThat(operator.reconcile().out()).contains("nothing to do");
        assertThat(operator.run("doctor").out()).contains("dave: 2 entries").doesNotContain("another spelling");
    }

    @Test
    void settingItUpKeepsWhatTheScriptsInstalled() {
        var hook = operator.checkout().resolve(".git/hooks/post-merge");
        assertThat(hook.toFile().setExecutable(true)).isTrue();

        assertThat(operator.run("init").out()).contains("kept     .reeve.yml", "kept     .gitignore",
                "updated  .git/hooks/post-merge");
        assertThat(operator.read(".git/hooks/post-merge")).endsWith("./task-manager-collect\n");

        operator.run("hooks", "uninstall");
        assertThat(hook).hasContent("#!/bin/sh\n./task-manager-collect\n");
    }
}
