package dev.reeve.api;

import dev.reeve.inbox.Inbox;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.work.Rehearsals.Rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The calls that there are.
 *
 * <p><b>Threading:</b> for any thread; a call blocks until the database, and for a rehearsal git and GitHub, have answered.
 */
public final class Api {

    /** What all paths begin with. */
    public static final String ROOT = "/api/v1";
    /** The longest body, in bytes. */
    public static final int LARGEST_BODY = 64 * 1024;

    private final List<Endpoint> endpoints;

    /**
     * @param rehearsals what a reconcile would do now
     * @param attached repositories whose checkouts are here
     */
    public Api(Inbox inbox, BiFunction<RepositoryName, Subject, Rehearsal> rehearsals, Set<RepositoryName> attached,
            InstantSource clock) {
        var deliveries = new DeliveryCalls(inbox, clock);
        var queue = new QueueCalls(inbox);
        var reconcile = new ReconcileCalls(inbox, rehearsals, attached, clock);
        endpoints = List.of(Endpoint.get("/openapi.json", _ -> document()),
                Endpoint.post("/reconcile", reconcile::reconcile),
                Endpoint.get("/deliveries", deliveries::list),
                Endpoint.get("/deliveries/{id}", deliveries::show),
                Endpoint.post("/deliveries/{id}/redeliver", deliveries::redeliver),
                Endpoint.post("/redeliver", deliveries::redeliverMany),
                Endpoint.get("/forced", queue::forced),
                Endpoint.get("/queue", queue::list),
                Endpoint.post("/queue/{owner}/{repo}/replay", queue::replayDead),
                Endpoint.get("/queue/{owner}/{repo}/<subject>", queue::show),
                Endpoint.post("/queue/{owner}/{repo}/<subject>/replay", queue::replay),
                Endpoint.post("/queue/{owner}/{repo}/<subject>/discard", queue::discard));
    }

    /** All of them. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    private static Reply document() {
        try (var in = Api.class.getResourceAsStream("/api/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks api/openapi.json");
            }
            var text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new Reply.Data(200, json -> json.writeRawValue(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
