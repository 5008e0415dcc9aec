package dev.reeve.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The parts of something that is made step by step, each on those before it.
 *
 * <p><b>Threading.</b> One thread at a time makes; any may close.
 */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final List<AutoCloseable> parts = new CopyOnWriteArrayList<>();

    <T extends AutoCloseable> T kept(T part) {
        parts.add(part);
        return part;
    }

    /** Makes several; when one can't be made, those that were made for it are closed again, and what was there before stays. */
    void allOrNone(Runnable making) {
        int before = parts.size();
        boolean made = false;
        try {
            making.run();
            made = true;
        } finally {
            if (!made) {
                closeFrom(before);
            }
        }
    }

    /** The last one made first: nothing loses what it stands on. */
    @Override
    public void close() {
        closeFrom(0);
    }

    private void closeFrom(int first) {
        var closing = List.copyOf(parts).subList(first, parts.size());
        for (var part : closing.reversed()) {
            close(part);
        }
        parts.removeAll(closing);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
