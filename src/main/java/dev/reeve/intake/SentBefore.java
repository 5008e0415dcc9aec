package dev.reeve.intake;

import java.util.Optional;

/**
 * A delivery that GitHub lists as sent. What names it is as strictly read as the headers of one that comes.
 *
 * @param json its payload
 */
public record SentBefore(long hookId, String guid, String event, byte[] json) {

    /** The delivery; nothing when GUID or event are none. */
    public static Optional<SentBefore> of(long hookId, String guid, String event, byte[] json) {
        return Envelope.isGuid(guid) && Envelope.isEvent(event)
                ? Optional.of(new SentBefore(hookId, guid, event, json))
                : Optional.empty();
    }
}
