package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Payload;
import dev.reeve.inbox.StoredDelivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads what was taken in once more. */
public final class KeptDelivery {

    private KeptDelivery() {}

    /** The work that follows from a delivery by the rules of this version; none when its body can't be read by them. */
    public static List<Arrival> arrivals(StoredDelivery delivery, Payload body) {
        try (var in = body.open()) {
            return Routing.arrivals(WebhookEvent.read(delivery.guid(), delivery.event(), in.readAllBytes()));
        } catch (RefusedException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
