package dev.reeve.cli;

import dev.reeve.model.Slug;
import dev.reeve.store.DispatchStatus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Prints what a worker prints, from the beginning of what was kept on, until its run is over. */
final class FollowedLog {

    private static final long EVERY_MILLIS = 300;
    private static final int CHUNK = 1 << 16;
    private static final int TRIES = 10;
    private static final Pattern CUT = Pattern.compile("^\\[reeve: ([0-9]{1,18}) bytes before this are left out]\n");
    private static final int LONGEST_NOTE = 80;

    private final Console console;
    private final Workers workers;
    private final Slug slug;
    private final LogText text = new LogText();
    private String run = "";
    private String file = "";
    private long leftOut;
    private long at;

    FollowedLog(Console console, Workers workers, Slug slug) {
        this.console = console;
        this.workers = workers;
        this.slug = slug;
    }

    /** @param once only what is there now */
    int follow(boolean once) throws IOException, InterruptedException {
        if (workers.status(slug) instanceof DispatchStatus.None) {
            throw Refusal.failed("nothing is known of any run of " + slug);
        }
        var log = workers.log(slug);
        boolean lives = true;
        while (lives) {
            lives = lives() && !once;
            print(log);
            lives = lives && !console.out().checkError();
            if (lives) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        }
        return Exit.DONE.code();
    }

    private boolean lives() throws IOException {
        if (!(workers.status(slug) instanceof DispatchStatus.Known(var now))) {
            return false;
        }
        var id = Objects.requireNonNullElse(now.runId(), "");
        if (!id.equals(run)) {
            run = id;
            file = "";
            leftOut = 0;
            at = 0;
        }
        return now.alive();
    }

    /** What was opened is the file of that identity if the log still has it: in between, the log may have been cut by a rename. */
    private void print(Path log) throws IOException {
        try {
            for (int tries = 0; tries < TRIES; tries++) {
                var before = identity(log);
                try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
                    if (before.equals(identity(log))) {
                        goOn(before, channel);
                        rest(channel);
                        return;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            // It has printed nothing yet.
        }
    }

    private static String identity(Path log) throws IOException {
        var attributes = Files.readAttributes(log, BasicFileAttributes.class);
        return attributes.fileKey() + " " + attributes.creationTime();
    }

    /** A log that was cut is another file, whose first line says how much is missing: what was printed already isn't printed again. */
    private void goOn(String opened, FileChannel channel) throws IOException {
        if (opened.equals(file)) {
            return;
        }
        long printed = leftOut + at;
        var head = ByteBuffer.allocate(LONGEST_NOTE);
        channel.read(head, 0);
        var note = CUT.matcher(new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII));
        file = opened;
        leftOut = note.find() ? Long.parseLong(note.group(1)) : 0;
        at = leftOut > 0 && printed >= leftOut ? note.end() + printed - leftOut : 0;
        if (at == 0 || at > channel.size()) {
            at = 0;
            text.restart();
        }
    }

    private void rest(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(CHUNK);
        while (channel.read(buffer, at) > 0) {
            at += buffer.position();
            console.out().print(text.next(buffer.flip()));
            buffer.clear();
        }
        console.out().flush();
    }
}
