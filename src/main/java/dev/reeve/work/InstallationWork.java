package dev.reeve.work;

import dev.reeve.github.InstallationInfo;
import dev.reeve.inbox.Arrival;
import dev.reeve.inbox.Claim;
import dev.reeve.inbox.KnownRepository;
import dev.reeve.inbox.KnownRepository.State;
import dev.reeve.inbox.Repositories;
import dev.reeve.inbox.Result;
import dev.reeve.model.RepositoryName;
import dev.reeve.model.Subject;
import dev.reeve.model.Trigger;
import dev.reeve.work.RepositoryWork.Told;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what is known with which repositories an installation covers. What isn't plain from the list is looked at by itself. */
public final class InstallationWork {

    private InstallationWork() {}

    static Result run(Holdings holdings, Claim claim) {
        long id = Long.parseLong(claim.key().repository().name());
        var installation = holdings.atGitHub().find(id);
        if (installation.isEmpty()) {
            return Result.followedBy(looks(holdings.known().of(id), "its installation is gone"));
        }
        return switch (installation.get().condition()) {
            case ACTIVE -> Result.followedBy(compared(holdings, id, Told.of(claim)));
            case SUSPENDED -> {
                holdings.known()
                        .of(id)
                        .stream()
                        .filter(known -> known.state() != State.SUSPENDED)
                        .forEach(known -> RepositoryWork.put(holdings, suspended(known)));
                yield Result.followedBy(List.of());
            }
        };
    }

    private static KnownRepository suspended(KnownRepository known) {
        return new KnownRepository(known.id(), known.name(), known.installation(), State.SUSPENDED, null, null);
    }

    private static List<Arrival> compared(Holdings holdings, long installation, Told told) {
        var known = holdings.known().all();
        var byId = known.stream().collect(Collectors.toMap(KnownRepository::id, Function.identity()));
        var names = known.stream().map(KnownRepository::name).collect(Collectors.toSet());
        var listed = holdings.atGitHub()
                .repositories(installation)
                .stream()
                .map(repository -> RepositoryWork.known(repository, installation))
                .collect(Collectors.toMap(KnownRepository::id, Function.identity(), (one, _) -> one));
        var looks = new ArrayList<>(looks(missing(known, listed, installation), "it isn't listed any more"));
        for (var one : listed.values()) {
            var before = byId.get(one.id());
            if (before == null && !names.contains(one.name())) {
                come(holdings, one);
            } else if (before == null || !RepositoryWork.isSame(before, one)) {
                looks.add(Repositories.look(one.name(), "it is listed otherwise"));
            } else if (told == Told.BY_SOMEBODY && one.state() == State.ACTIVE) {
                RepositoryWork.welcome(holdings, one, Optional.of(before));
            }
        }
        return looks;
    }

    private static void come(Holdings holdings, KnownRepository one) {
        switch (one.state()) {
            case ACTIVE -> RepositoryWork.welcome(holdings, one, Optional.empty());
            case ARCHIVED, SUSPENDED -> RepositoryWork.put(holdings, one);
        }
    }

    private static List<KnownRepository> missing(List<KnownRepository> known, Map<Long, KnownRepository> listed,
            long installation) {
        return known.stream()
                .filter(one -> one.installation() == installation && !listed.containsKey(one.id()))
                .toList();
    }

    private static List<Arrival> looks(Collection<KnownRepository> repositories, String cause) {
        return repositories.stream().map(known -> Repositories.look(known.name(), cause)).toList();
    }

    /**
     * What is to be done to know all repositories that the App is installed on, in one request for each hundred installations.
     *
     * @param attached repositories whose checkouts are here, which are looked at even if no installation covers them
     */
    public static List<Arrival> everywhere(Holdings holdings, Collection<RepositoryName> attached) {
        var installations = holdings.atGitHub().all().stream().map(InstallationInfo::id).collect(Collectors.toSet());
        var known = holdings.known().all();
        var arrivals = new ArrayList<Arrival>();
        installations.forEach(id -> arrivals.add(new Arrival(Subject.OfInstallation.of(id), Trigger.of("listed"))));
        known.stream()
                .filter(one -> !installations.contains(one.installation()))
                .forEach(one -> arrivals.add(Repositories.look(one.name(), "its installation is gone")));
        attached.stream()
                .filter(name -> known.stream().noneMatch(one -> one.name().equals(name)))
                .forEach(name -> arrivals.add(Repositories.look(name, "its checkout is attached")));
        return List.copyOf(arrivals);
    }
}
