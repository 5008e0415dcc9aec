package dev.reeve.intake;

import java.util.Optional;

/** What names a delivery that GitHub lists as sent, as strictly read as the headers of one that comes. */
public record SentBefore(long hookId, String guid, String event) {

    /** The delivery; nothing when GUID or event are none. */
    public static Optional<SentBefore> of(long hookId, String guid, String event) {
        return Envelope.isGuid(guid) && Envelope.isEvent(event)
                ? Optional.of(new SentBefore(hookId, guid, event))
                : Optional.empty();
    }
}
