package dev.reeve.doctor;

import dev.reeve.config.AppManifest;
import dev.reeve.config.ServerConfiguration;
import dev.reeve.github.AppInquiry;

import java.util.function.Supplier;

/**
 * A server that is examined.
 *
 * @param needed what the App needs
 * @param gitHub what GitHub has on record of the App
 * @param database tries the database out: says what it is, or throws why it can't be used
 */
public record ServerPatient(ServerConfiguration configuration, AppManifest needed, AppInquiry gitHub,
        Supplier<String> database) {}
