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

/** Prints what a worker prints, from the beginning of what was kept on, until its run is over. What would change the terminal is shown, not obeyed. */
final class FollowedLog {

    private static final long EVERY_MILLIS = 300;
    private static final int CHUNK = 1 << 16;

    private final Console console;
    private final Workers workers;
    private final Slug slug;
    private Object identity = "";
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
            lives = !once && workers.status(slug) instanceof DispatchStatus.Known(var run) && run.alive();
            print(log);
            if (lives) {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        }
        return Exit.DONE.code();
    }

    /** A log that was cut, or begun anew, is another file: it is shown from its beginning. */
    private void print(Path log) throws IOException {
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            var file = Objects.requireNonNullElse(Files.readAttributes(log, BasicFileAttributes.class).fileKey(), "");
            if (!file.equals(identity)) {
                identity = file;
                at = 0;
            }
            var buffer = ByteBuffer.allocate(CHUNK);
            while (channel.read(buffer, at) > 0) {
                at += buffer.position();
                console.out().print(shown(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)));
                buffer.clear();
            }
            console.out().flush();
        } catch (NoSuchFileException e) {
            // It has printed nothing yet.
        }
    }

    private static String shown(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
                plain.appendCodePoint(c);
            } else if (c != '\r') {
                plain.append("\\u{%x}".formatted(c));
            }
        });
        return plain.toString();
    }
}
