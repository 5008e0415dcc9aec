package dev.reeve.intake;

import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Payload;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.StoredDelivery;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads what was taken in once more. */
public final class KeptDelivery {

    /** GitHub sends none that is empty. */
    private static final String NOTHING = "{}";

    private KeptDelivery() {}

    /** What is kept in place of a payload that nobody has. */
    public static Payload lost() {
        return Payload.of(NOTHING.getBytes(StandardCharsets.UTF_8));
    }

    /** The work that follows from a delivery by the rules of this version. Where its body is lost, or can't be read by them, its repository is looked at as a whole. */
    public static List<Arrival> arrivals(StoredDelivery delivery, Payload body) {
        try (var in = body.open()) {
            return body.size() == NOTHING.length() ? instead(delivery)
                    : Routing.arrivals(WebhookEvent.read(delivery.guid(), delivery.event(), in.readAllBytes()));
        } catch (RefusedException e) {
            return instead(delivery);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Arrival> instead(StoredDelivery delivery) {
        return instead(Optional.ofNullable(delivery.repository()).flatMap(RepositoryName::parse),
                delivery.installation(), delivery.guid());
    }

    /**
     * The work in place of that of a delivery whose body nobody has: its repository as a whole, or its installation; none where it had neither.
     *
     * @param guid null when it is no valid one
     */
    public static List<Arrival> instead(Optional<RepositoryName> repository, @Nullable Long installation,
            @Nullable String guid) {
        var why = new Trigger("a delivery was lost", guid, null, null);
        return repository.map(name -> Repositories.whole(name, why))
                .or(() -> Optional.ofNullable(installation).map(id -> new Arrival(Subject.OfInstallation.of(id), why)))
                .stream()
                .toList();
    }
}
