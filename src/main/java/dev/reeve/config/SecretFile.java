package dev.reeve.config;

import dev.reeve.model.Secret;
import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** Reads secrets from files of their own, and says when others may read them too. */
final class SecretFile {

    private static final int LONGEST = 64 * 1024;

    private final Resolver settings;
    private final Inputs inputs;

    SecretFile(Resolver settings, Inputs inputs) {
        this.settings = settings;
        this.inputs = inputs;
    }

    /** A path as a setting gives it, made absolute: relative to the configuration file, or else to the working folder. */
    Path locate(Setting<?> setting, Path path) {
        boolean written = settings.given(setting)
                .map(Value::source)
                .filter(Source.InFile.class::isInstance)
                .isPresent();
        var base = written
                ? inputs.file().map(f -> inputs.directory().resolve(f).getParent()).orElse(inputs.directory())
                : inputs.directory();
        return base.resolve(path).normalize();
    }

    /** The file's text without the white space around it, or nothing after reporting why not. */
    Optional<Secret> read(Setting<?> setting, Path path) {
        var file = locate(setting, path);
        try {
            byte[] content = bounded(file);
            if (content.length > LONGEST) {
                settings.fault(setting, shown(file) + " is longer than 64 kB: this is no secret");
                return Optional.empty();
            }
            warnWhenReadableByAll(setting, file);
            var text = new String(content, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                settings.fault(setting, shown(file) + " is empty: write the secret into it");
                return Optional.empty();
            }
            return Optional.of(new Secret(text));
        } catch (NoSuchFileException e) {
            settings.fault(setting, "there is no file " + shown(file) + ": create it or correct the path");
        } catch (IOException e) {
            settings.fault(setting,
                    shown(file) + " can't be read by this user: check that it is a file, and its permissions");
        }
        return Optional.empty();
    }

    private static byte[] bounded(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("not a regular file");
        }
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST + 1);
        }
    }

    private void warnWhenReadableByAll(Setting<?> setting, Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            settings.warn(setting, "every user of this machine can read " + shown(file) + ": chmod 600 it");
        }
    }

    private static String shown(Path file) {
        return Text.plain(file.toString(), 300);
    }
}
