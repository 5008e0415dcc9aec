package dev.reeve.config;

import dev.reeve.model.Text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The file that {@code --config} names. */
final class OwnFile {

    private OwnFile() {}

    /** Flags, environment and file, the strongest first. */
    static List<Layer> layers(Inputs inputs, List<Setting<?>> settings, Faults faults) {
        var file = inputs.file()
                .map(path -> Layer.file(read(inputs.directory().resolve(path), faults), settings, faults))
                .orElse(_ -> Optional.empty());
        return List.of(Layer.flags(inputs.flags()), Layer.environment(inputs.environment()), file);
    }

    private static Value.Mapping read(Path path, Faults faults) {
        var flag = new Source.Flag("--config");
        var shown = Text.plain(path.toString(), 300);
        try (var in = Files.newInputStream(path)) {
            return YamlFile.read(path.toString(), in.readNBytes(YamlFile.LONGEST + 1), faults);
        } catch (NoSuchFileException e) {
            faults.add(flag, "", "there is no file " + shown);
        } catch (IOException e) {
            faults.add(flag, "", shown + " can't be read: check that it is a file, and its permissions");
        }
        return new Value.Mapping(List.of(), flag);
    }
}
