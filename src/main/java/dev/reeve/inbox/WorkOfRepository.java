package dev.reeve.inbox;

import dev.reeve.model.RepositoryName;
import dev.reeve.model.Sha;
import dev.reeve.model.Subject;
import org.jdbi.v3.core.Handle;

import java.time.Instant;

/** The statements on all open work of a repository. */
record WorkOfRepository(Handle handle) {

    /**
     * Gives the work to another name. Where that has the same work already, this one's ends, as the repository is looked at there as a whole. A run
     * under way keeps its lease.
     */
    void move(RepositoryName from, RepositoryName to) {
        handle.createUpdate("""
                update work set repository_key = :toKey, repository = :to
                where repository_key = :from and subject <> 'repository'
                  and subject not in (select subject from work where repository_key = :toKey)""")
                .bind("toKey", to.key())
                .bind("to", to.toString())
                .bind("from", from.key())
                .execute();
        drop(from, new Subject.OfRepository());
    }

    /** Ends all of it but this. What runs may end as it likes: it has no lease any more. */
    void drop(RepositoryName name, Subject except) {
        handle.createUpdate("delete from work where repository_key = :key and subject <> :except")
                .bind("key", name.key())
                .bind("except", except.key())
                .execute();
    }

    /** Makes what was given up, or waits for another try, due now. */
    void revive(RepositoryName name, Instant now) {
        handle.createUpdate("""
                update work set wanted = wanted + 1, dead_at = null, attempts = 0, waiting_since = :now, due_at = :now
                where repository_key = :key and lease_owner is null and (due_at is null or due_at > :now)""")
                .bind("key", name.key())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Whether an event that told of a push to this commit is still to be worked on. */
    boolean hasPushTo(long repository, Sha tip) {
        return handle.createQuery("""
                select count(*) from work_trigger join work on work.id = work_trigger.work_id
                where push_after = :tip and subject = 'push'
                  and repository_key = (select name_key from repository where id = :repository)""")
                .bind("tip", tip.value())
                .bind("repository", repository)
                .mapTo(Integer.class)
                .one() > 0;
    }
}
