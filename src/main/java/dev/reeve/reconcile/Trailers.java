package dev.reeve.reconcile;

import dev.reeve.git.Trailer;
import dev.reeve.model.Slug;

import java.util.ArrayList;
import java.util.List;

/**
 * The trailers that the server's commits carry. It knows its own pushes by them.
 *
 * @param deliveries GUIDs of the webhooks that caused the pass
 */
record Trailers(List<String> deliveries) {

    static final String TASK = "Reeve-Task";
    static final String PULL_REQUEST = "Reeve-PR";
    static final String DELIVERY = "Reeve-Delivery";
    private static final int MOST = 5;

    List<Trailer> of(Slug slug, int pullRequest) {
        return and(new Trailer(TASK, slug.value()), new Trailer(PULL_REQUEST, String.valueOf(pullRequest)));
    }

    List<Trailer> of(Slug slug) {
        return and(new Trailer(TASK, slug.value()));
    }

    private List<Trailer> and(Trailer... first) {
        var all = new ArrayList<>(List.of(first));
        deliveries.stream().distinct().limit(MOST).map(guid -> new Trailer(DELIVERY, guid)).forEach(all::add);
        return all;
    }
}
