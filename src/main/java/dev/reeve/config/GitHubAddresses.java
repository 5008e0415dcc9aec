package dev.reeve.config;

import java.net.URI;

/**
 * Where GitHub is. Neither ends in a slash.
 *
 * @param api its REST API
 * @param server where {@code OWNER/REPO.git} is; may be a {@code file:} address
 */
public record GitHubAddresses(URI api, URI server) {}
