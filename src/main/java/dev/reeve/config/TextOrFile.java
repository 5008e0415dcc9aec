package dev.reeve.config;

import dev.reeve.model.Secret;

import java.nio.file.Path;
import java.util.Optional;

/** Reads a secret that is given as text or as a file; what is read from a file has the same form. */
record TextOrFile(Resolver settings, SecretFile files) {

    Optional<Secret> read(Setting<Secret> direct, Setting<Path> file) {
        if (isText(direct, file)) {
            return settings.find(direct);
        }
        return settings.find(file)
                .flatMap(path -> files.read(file, path))
                .flatMap(text -> direct.form()
                        .read(Value.builtIn(text.reveal()),
                                (_, message) -> settings.fault(file, message)));
    }

    /** True when the secret's text is to be taken and not its file: the stronger layer decides. */
    boolean isText(Setting<?> direct, Setting<?> file) {
        if (settings.given(direct).isPresent() && settings.rank(direct) == settings.rank(file)) {
            settings.fault(file, direct.variables().getFirst() + " is set as well: keep one of them");
        }
        return settings.rank(direct) <= settings.rank(file) && settings.given(direct).isPresent();
    }
}
