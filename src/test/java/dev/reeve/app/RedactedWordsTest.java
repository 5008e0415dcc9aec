package dev.reeve.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

class RedactedWordsTest {

    private static final String TOKEN = "ghs_" + "a1B2".repeat(50) + "." + "c3D4".repeat(50) + "." + "e5F6".repeat(28)
            + "g7";

    @Test
    void theLogOfTheProgramShowsNoTokenNeitherInAMessageNorInAnExceptionNorInItsCauses() throws JoranException {
        assertThat(TOKEN).as("as long as GitHub's may be").hasSize(520);
        var failure = new IllegalStateException("outer " + TOKEN, new RuntimeException("inner " + TOKEN));
        failure.addSuppressed(new RuntimeException("beside " + TOKEN));

        var line = logged("asked with {}", failure, "Bearer " + TOKEN);

        assertThat(line)
                .contains("WARN", "asked with", "outer ***", "inner ***", "beside ***",
                        "at dev.reeve.app.RedactedWordsTest")
                .doesNotContain("ghs_", "a1B2", "c3D4", "e5F6");
    }

    /** What the program's own configuration makes of an event. */
    private static String logged(String message, Throwable failure, Object argument) throws JoranException {
        var context = new LoggerContext();
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(RedactedWordsTest.class.getResource("/logback.xml")));
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        var appender = (ConsoleAppender<?>) Objects.requireNonNull(root.getAppender("STDERR"));
        var encoder = (PatternLayoutEncoder) appender.getEncoder();
        var event = new LoggingEvent(RedactedWordsTest.class.getName(), root, Level.WARN, message, failure,
                new Object[]{argument});
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }
}
