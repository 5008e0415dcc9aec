package dev.reeve.inbox;

import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/**
 * Until when GitHub wants to be asked nothing, for each installation. A database that can't be used makes nothing fail here: it is told by whatever depends on it.
 *
 * <p><b>Threading:</b> for any thread.
 */
public final class RateLimits {

    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final Writer writer;
    private final InstantSource clock;

    RateLimits(Database database, Writer writer, InstantSource clock) {
        this.database = database;
        this.writer = writer;
        this.clock = clock;
    }

    /** Until when; {@link Instant#MIN} when nothing is known. */
    public Instant until(long installation) {
        try {
            return database.reader()
                    .withHandle(handle -> handle
                            .createQuery("select ends_at from rate_limit where installation = :installation")
                            .bind("installation", installation)
                            .map((rs, _) -> Instant.ofEpochMilli(rs.getLong(1)))
                            .findOne())
                    .orElse(Instant.MIN);
        } catch (JdbiException e) {
            LOG.debug("it can't be read until when GitHub wants to be asked nothing", e);
            return Instant.MIN;
        }
    }

    /** It holds at least until then; durable when this returns. */
    public void extend(long installation, Instant until) {
        long before = clock.instant().minus(KEPT).toEpochMilli();
        // A time is never kept as earlier than it is.
        long end = until.plusNanos(999_999).toEpochMilli();
        try {
            int _ = writer.submit(Writer.NO_ROWS, handle -> {
                handle.execute("delete from rate_limit where ends_at < ?", before);
                return handle.execute(
                        "insert into rate_limit (installation, ends_at) values (?, ?) on conflict (installation)"
                                + " do update set ends_at = excluded.ends_at where rate_limit.ends_at < excluded.ends_at",
                        installation, end);
            }).join();
        } catch (CompletionException e) {
            LOG.warn("until when GitHub wants to be asked nothing is not known after a restart: {}",
                    String.valueOf(e.getCause()));
        }
    }
}
