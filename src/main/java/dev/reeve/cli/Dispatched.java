package dev.reeve.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reeve.dispatch.Started;
import dev.reeve.model.Slug;
import dev.reeve.model.Text;

import java.io.IOException;

/** What came of a start, for people and programs. */
final class Dispatched {

    private Dispatched() {}

    /** A line; {@code most} is how many runs of a task count. */
    static String line(Slug slug, Started started, int most) {
        return switch (started) {
            case Started.Running(var id, long pid, var site, int attempt) -> "started    " + slug + "  attempt "
                    + attempt
                    + " of " + most + ", run " + id + ", pid " + pid + ", " + site.branch() + " in " + site.worktree();
            case Started.Refused(var reason) -> "refused    " + slug + "  " + reason;
            case Started.Failed(var reason) -> "failed     " + slug + "  " + reason;
        };
    }

    /** Prints it, and says whether it runs. */
    static int print(Reeve reeve, OutputFormat format, Slug slug, Started started, int most) throws IOException {
        switch (format.kind()) {
            case TEXT -> text(reeve, slug, started, most);
            case JSON -> OutputFormat.print(reeve.console().out(), json -> write(json, slug, started));
        }
        return (started instanceof Started.Running ? Exit.DONE : Exit.FAILED).code();
    }

    private static void text(Reeve reeve, Slug slug, Started started, int most) {
        switch (started) {
            case Started.Running _ -> reeve.console().out().println(plain(line(slug, started, most)));
            case Started.Refused(var reason) -> reeve.console()
                    .err()
                    .println("reeve: " + slug + " is not started: "
                            + plain(reason));
            case Started.Failed(var reason) -> reeve.console()
                    .err()
                    .println("reeve: " + slug
                            + " could not be started: " + plain(reason) + "; nothing is left claimed");
        }
    }

    static String plain(String text) {
        return Text.plain(text, 1_000);
    }

    private static void write(JsonGenerator json, Slug slug, Started started) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", 1);
        json.writeStringField("slug", slug.value());
        switch (started) {
            case Started.Running(var id, long pid, var site, int attempt) -> {
                json.writeStringField("started", "running");
                json.writeStringField("run_id", id.value());
                json.writeNumberField("pid", pid);
                json.writeNumberField("attempt", attempt);
                json.writeStringField("worktree_path", site.worktree().toString());
                json.writeStringField("branch", site.branch().value());
            }
            case Started.Refused(var reason) -> {
                json.writeStringField("started", "refused");
                json.writeStringField("reason", reason);
            }
            case Started.Failed(var reason) -> {
                json.writeStringField("started", "failed");
                json.writeStringField("reason", reason);
            }
        }
        json.writeEndObject();
    }
}
