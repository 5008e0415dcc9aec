package dev.reeve.web;

import io.javalin.config.RoutesConfig;

/** Routes beside those that every server has. */
public sealed interface Routes permits ApiRoutes, SetupRoutes {

    /** Adds them. */
    void addTo(RoutesConfig routes);
}
