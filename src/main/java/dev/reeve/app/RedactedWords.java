package dev.reeve.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import dev.reeve.model.Redaction;

/** {@code %redacted(…)} in the pattern of the log: what is between the brackets, without secrets. */
public final class RedactedWords extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String in) {
        return Redaction.of(in);
    }
}
