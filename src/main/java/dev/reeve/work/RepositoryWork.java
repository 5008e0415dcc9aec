package dev.reeve.work;

import dev.reeve.github.InstallationInfo;
import dev.reeve.github.RepositoryInfo;
import dev.reeve.github.Whereabouts;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.Forcing;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.Result;
import dev.reeve.model.Outcome;
import dev.reeve.model.RepositoryName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds out what became of a repository that came, moved, went, or can't be worked on, and brings what is kept of it in line with that. What is kept in
 * the data folder is deleted before it is forgotten, so that a stop in between is made good by doing it again.
 */
final class RepositoryWork {

    private static final Logger LOG = LoggerFactory.getLogger(RepositoryWork.class);

    private RepositoryWork() {}

    /** Who wants it looked at. */
    enum Told {
        /** An event, or an operator: it is looked at as a whole even when nothing about it is new, since its default branch may be another, or the App may do more. */
        BY_SOMEBODY,
        /** Nobody did; something about it looked odd. */
        BY_NOBODY;

        static Told of(Claim claim) {
            return claim.triggers().isEmpty() || claim.triggers()
                    .stream()
                    .anyMatch(trigger -> trigger.guid() != null || Forcing.isCauseOf(trigger)) ? BY_SOMEBODY
                            : BY_NOBODY;
        }
    }

    static Result run(Holdings holdings, Claim claim) {
        var name = claim.key().repository();
        return switch (holdings.atGitHub().find(name)) {
            case Whereabouts.Gone() -> gone(holdings, name);
            case Whereabouts.Unknown(var installation) -> suspended(holdings, name, installation);
            case Whereabouts.Here(var repository, var installation) ->
                repository.name().equals(name) ? here(holdings, repository, installation, Told.of(claim))
                        : elsewhere(holdings, name, repository.name());
        };
    }

    /** What is known of it moves when it is looked at where it is now; what was opened by a name that it had before belongs to nothing. */
    private static Result elsewhere(Holdings holdings, RepositoryName old, RepositoryName now) {
        if (holdings.known().find(old).isEmpty()) {
            holdings.giveUp().accept(old);
        }
        return Result.followedBy(List.of(Repositories.look(now, "it was " + old)));
    }

    /** Also one that isn't known may have open work: an event came late, or somebody has forced some. */
    private static Result gone(Holdings holdings, RepositoryName name) {
        holdings.giveUp().accept(name);
        boolean wasKnown = holdings.known().find(name).isPresent();
        holdings.known().forget(name).join();
        if (wasKnown) {
            LOG.info("{} is gone, or the App is not installed there any more: what was kept of it is deleted", name);
        }
        return Result.of(new Outcome.Done());
    }

    private static Result suspended(Holdings holdings, RepositoryName name, InstallationInfo installation) {
        holdings.known().find(name).filter(known -> known.state() != State.SUSPENDED).ifPresent(known -> {
            put(holdings,
                    new KnownRepository(known.id(), known.name(), installation.id(), State.SUSPENDED, null, null));
            LOG.info("{} is not worked on: the App's installation is suspended. It goes on when it is resumed.", name);
        });
        return Result.of(new Outcome.Done());
    }

    private static Result here(Holdings holdings, RepositoryInfo repository, InstallationInfo installation,
            Told told) {
        var before = holdings.known().find(repository.id());
        clear(holdings, repository, before);
        var now = known(repository, installation.id());
        boolean changed = told == Told.BY_SOMEBODY || before.filter(known -> isSame(known, now)).isEmpty();
        if (now.state() == State.ACTIVE && changed) {
            welcome(holdings, now, before);
        } else if (changed) {
            put(holdings, now);
            LOG.info("{} is not worked on: it is archived. It goes on when it is unarchived.", now.name());
        }
        return Result.of(new Outcome.Done());
    }

    /** What lies where this repository belongs may be another one's that had its name, and what is its own may lie where it was before. */
    private static void clear(Holdings holdings, RepositoryInfo repository, Optional<KnownRepository> before) {
        var name = repository.name();
        if (holdings.known().find(name).filter(other -> other.id() != repository.id()).isPresent()) {
            holdings.giveUp().accept(name);
        }
        before.map(KnownRepository::name).filter(old -> !old.toString().equals(name.toString())).ifPresent(old -> {
            if (old.equals(name)) {
                holdings.reopen().accept(name);
            } else {
                holdings.giveUp().accept(old);
            }
            LOG.info("{} is called {} now", old, name);
        });
    }

    /** It is reconciled as a whole, and what was given up of it is tried again. */
    static void welcome(Holdings holdings, KnownRepository now, Optional<KnownRepository> before) {
        var whole = List.<Arrival>of(Repositories.whole(now.name(), before.isEmpty() ? "found" : "looked at anew"));
        holdings.known().resume(now, holdings.nextSweep().get(), whole).join();
        if (before.isEmpty()) {
            LOG.info("{} is worked on from now on", now.name());
        } else if (before.get().state() != State.ACTIVE) {
            LOG.info("{} is worked on again", now.name());
        }
    }

    static void put(Holdings holdings, KnownRepository now) {
        holdings.known().put(now, holdings.nextSweep().get(), List.of()).join();
    }

    /** A repository as GitHub states it. */
    static KnownRepository known(RepositoryInfo repository, long installation) {
        var state = switch (repository.condition()) {
            case ACTIVE -> State.ACTIVE;
            case ARCHIVED -> State.ARCHIVED;
        };
        return new KnownRepository(repository.id(), repository.name(), installation, state, null, null);
    }

    /** Whether what GitHub states is what is known. */
    static boolean isSame(KnownRepository one, KnownRepository other) {
        return one.id() == other.id() && one.name().toString().equals(other.name().toString())
                && one.installation() == other.installation() && Objects.equals(one.state(), other.state());
    }
}
