package dev.reeve.setup;

import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** The section of {@code AGENTS.md} that tells coding agents how to work on a task. What stands around it is not Reeve's. */
final class AgentsFile {

    static final String NAME = "AGENTS.md";

    private static final String BEGIN = "<!-- reeve: this section is kept by reeve init -->";
    private static final String END = "<!-- reeve: end -->";

    private final Path root;

    AgentsFile(Path root) {
        this.root = root;
    }

    Deed complete(TasksRoot tasks, Site site) {
        return Deed.of(NAME, () -> {
            var file = root.resolve(NAME);
            var before = Site.read(file);
            var text = before.map(Lines::of).orElse("");
            var after = with(text, section(tasks));
            if (after.equals(text)) {
                return Deed.kept(NAME, "has the section for coding agents");
            }
            site.write(file, Lines.bytes(after));
            return before.isEmpty()
                    ? Deed.created(NAME, "tells coding agents how to work on a task")
                    : Deed.updated(NAME, text.contains(BEGIN)
                            ? "the section for coding agents is that of this version"
                            : "a section for coding agents was added at the end");
        });
    }

    private static String section(TasksRoot tasks) {
        var text = """
                %s
                ## Working on a task

                Tasks are the Markdown files below `%s/`; a task's slug is its file's name without `.md`. One task is one branch, one worktree and one pull request.

                - Work on the branch `task/<slug>`, or the one that the task's `branch:` names, in the worktree that you were started in. Touch nothing outside of it.
                - In the task's file you may tick boxes and write below its headings, in your worktree only. Leave `status`, `owner` and the keys that begin with `completed_`, `pr_` and
                  `merge_` alone: Reeve writes them after the merge. Never edit the task's file in the main checkout, nor another task's.
                - Commit everything, push the branch and open one pull request. Its description has a line `Task: <slug>`.
                - Nobody can answer you while you run, and no process that you started outlives your end.
                - Before you end, write how it went into the JSON file that the variable `REEVE_RESULT_FILE` names, if it is set:
                  `{"outcome": "completed_with_pr", "summary": "…", "pr_url": "https://…"}`. The outcome is `completed_with_pr`, `blocked`, `needs_review_fix` or `failed`;
                  `summary` says in a sentence or two what was done or what is in the way. When a usage limit stopped you, add `"retry_at"`, the time in UTC at which it ends.
                %s
                """
                .formatted(BEGIN, tasks, END);
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static String with(String text, String section) throws IOException {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 && end < 0) {
            return Lines.append(text, text.isEmpty() ? section : "\n" + section);
        }
        if (begin < 0 || end < begin || text.lastIndexOf(BEGIN) != begin || text.lastIndexOf(END) != end) {
            throw new FileSystemException(NAME, null,
                    "doesn't have the marks of Reeve's section once each and in order: remove what is left of them");
        }
        var own = section.stripTrailing().replace("\n", Lines.end(text));
        return text.substring(0, begin) + own + text.substring(end + END.length());
    }
}
