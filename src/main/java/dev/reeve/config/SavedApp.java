package dev.reeve.config;

import dev.reeve.config.Source.InFile;
import dev.reeve.model.Place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The App that was set up on the server's own page, in its data folder: {@value #FOLDER}. What is configured anywhere else goes before it.
 *
 * <p>{@link #settings} is written last and deleted first, so where it is, the others are as well, and belong to it.
 *
 * @param settings the App's ids and where GitHub is, in the form of the server's configuration file
 * @param privateKey the PEM text of one or several keys
 * @param webhookSecret one or several, separated by commas
 */
public record SavedApp(Path settings, Path privateKey, Path webhookSecret) {

    /** The folder's name in the data folder. */
    public static final String FOLDER = "app";

    /** What the settings may say. */
    private static final List<Setting<?>> SAVED = List.of(ServerSettings.APP_ID, ServerSettings.CLIENT_ID,
            GitHubSettings.API_URL, GitHubSettings.SERVER_URL, ServerSettings.PUBLIC_URL);

    /** Where it is, or would be. */
    public static SavedApp in(Path dataFolder) {
        var folder = dataFolder.resolve(FOLDER);
        return new SavedApp(folder.resolve("app.yml"), folder.resolve("private-key.pem"),
                folder.resolve("webhook-secret"));
    }

    /** Whether an App was set up. */
    public boolean isThere() {
        return Files.exists(settings, LinkOption.NOFOLLOW_LINKS);
    }

    /** Where an App was set up, settings that are made nowhere else are taken from it. */
    void addTo(Resolver settings) {
        if (isThere()) {
            settings.lookAtLast(layer(settings.faults()));
        }
    }

    private Layer layer(Faults faults) {
        var written = Layer.file(read(faults), SAVED, faults);
        return setting -> {
            if (setting.key().equals(ServerSettings.PRIVATE_KEY_FILE.key())) {
                return Optional.of(new Value.Sequence(List.of(file(privateKey)), place(privateKey)));
            }
            return setting.key().equals(ServerSettings.WEBHOOK_SECRET_FILE.key()) ? Optional.of(file(webhookSecret))
                    : written.of(setting);
        };
    }

    private Value.Mapping read(Faults faults) {
        try (var in = Files.newInputStream(settings)) {
            return YamlFile.read(settings.toString(), in.readNBytes(YamlFile.LONGEST + 1), faults);
        } catch (IOException e) {
            faults.add(place(settings), "", "can't be read by this user: check its owner and permissions");
            return new Value.Mapping(List.of(), place(settings));
        }
    }

    private static Value file(Path path) {
        return new Value.Scalar(path.toString(), place(path));
    }

    private static Source place(Path path) {
        return new InFile(Place.of(path.toString()));
    }
}
