package dev.reeve.dispatch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a runner does while it waits for its order: it goes through the motions, so that the JVM has loaded by then what a start takes. It changes nothing, and what fails here is told when it is meant.
 */
final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    private Rehearsal() {}

    static void of(Runner.Post post) {
        try {
            var files = post.files();
            files.rehearse(post.slug());
            Worker.atTheGate(List.of("true"), post.checkout(), Map.of()).close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("the rehearsal failed", e);
        }
    }
}
