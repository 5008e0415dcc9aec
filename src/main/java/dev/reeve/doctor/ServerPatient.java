package dev.reeve.doctor;

import dev.reeve.config.AppManifest;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.GitHubApp;

import java.util.List;
import java.util.function.Supplier;

/**
 * A server that is examined.
 *
 * @param needed what the App needs
 * @param gitHub gives GitHub, as the App; throws {@link IllegalArgumentException} when a key or the id can't be used
 * @param database tries the database out: says what it is, or throws why it can't be used
 * @param refusedPushes those for which work was given up, the newest first; none when the database can't be read
 */
public record ServerPatient(ServerConfiguration configuration, AppManifest needed, Supplier<GitHubApp> gitHub,
        Supplier<String> database, Supplier<List<RefusedPush>> refusedPushes) {}
