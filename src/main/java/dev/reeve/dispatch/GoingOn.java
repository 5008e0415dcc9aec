package dev.reeve.dispatch;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/** After a run: what waits to be told to the worker is handed to a process of the manager's own, which reads everything anew before it starts another run. */
public final class GoingOn {

    private GoingOn() {}

    /**
     * Starts it, if anything waits. Called once the task's lock is free: whoever has something to say after this look finds the lock free and starts the run itself.
     *
     * @param command of that process
     */
    public static void after(Runner.Ended run, Runner.Post post, List<String> command) throws IOException {
        if (post.files().history().pending(post.slug()).isEmpty()) {
            return;
        }
        var all = new ArrayList<String>();
        if (RunnerProcess.HAS_SETSID) {
            all.add(RunnerProcess.SETSID.toString());
        }
        all.addAll(command);
        var builder = new ProcessBuilder(all).directory(post.checkout().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().putAll(run.environment());
        builder.start();
    }
}
