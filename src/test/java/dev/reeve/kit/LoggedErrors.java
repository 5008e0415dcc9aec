package dev.reeve.kit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What threads of the test class that opened it log while it is open, and those that belong to no class, at the levels that tests print. */
public final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final @Nullable Class<?> testClass = SideBySide.testClass();

    public static LoggedErrors open() {
        var logged = new LoggedErrors();
        logged.setContext(logged.root.getLoggerContext());
        logged.start();
        logged.root.addAppender(logged);
        return logged;
    }

    @Override
    protected void append(ILoggingEvent event) {
        var whose = SideBySide.testClass();
        if (whose != null && whose != testClass) {
            return;
        }
        messages.add(event.getFormattedMessage());
        if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            errors.add(event.getLoggerName() + ": " + event.getFormattedMessage());
        }
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
