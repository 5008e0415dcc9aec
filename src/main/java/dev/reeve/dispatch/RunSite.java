package dev.reeve.dispatch;

import dev.reeve.durable.FailureWords;
import dev.reeve.model.RunId;
import dev.reeve.store.StateFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run has in its worktree, in a folder that git ignores: its prompt, and the file for its result. */
record RunSite(Path worktree, RunId run) {

    private static final Logger LOG = LoggerFactory.getLogger(RunSite.class);
    private static final Path FOLDER = Path.of(".tasks", "task_manager");

    Path result() {
        return worktree.resolve(FOLDER).resolve("result-" + run + ".json");
    }

    Path prompt() {
        return worktree.resolve(FOLDER).resolve("prompt-" + run + ".txt");
    }

    /** Makes the folder, and the prompt's file. */
    void prepare(String prompt, InstantSource clock) throws IOException {
        new StateFolder(worktree, clock).make();
        try {
            Files.write(prompt(), prompt.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IOException("the prompt can't be written to " + prompt() + ": " + FailureWords.of(e), e);
        }
    }

    /** Takes away what the run had there; what a worker has put in its place is left to whoever removes the worktree. */
    void clear() {
        for (var file : List.of(prompt(), result())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("{} is left there", file, e);
            }
        }
    }

    /** There as long as what prepares the worktree has not ended well. */
    private Path mark() {
        return worktree.resolve(FOLDER).resolve("unprepared");
    }

    boolean isToBePrepared() {
        return Files.exists(mark());
    }

    /** The worktree is new: it is prepared before anything else, in this run or in a later one. */
    void isToBePrepared(List<List<String>> commands, InstantSource clock) throws IOException {
        if (!commands.isEmpty()) {
            new StateFolder(worktree, clock).make();
            Files.write(mark(), new byte[0]);
        }
    }

    void isPrepared() throws IOException {
        Files.deleteIfExists(mark());
    }

    /** What Reeve tells the worker by its environment. */
    Map<String, String> variables(String slug, String taskPath) {
        var variables = new TreeMap<String, String>();
        variables.put("REEVE_TASK", slug);
        variables.put("REEVE_TASK_FILE", taskPath);
        variables.put(ProcessTree.COOKIE, run.value());
        variables.put("REEVE_RESULT_FILE", result().toString());
        variables.put("REEVE_PROMPT_FILE", prompt().toString());
        return variables;
    }
}
