package dev.reeve.decide;

import dev.reeve.model.DeskFacts.AtDesk;
import dev.reeve.model.DeskFacts.Claim;
import dev.reeve.model.DeskFacts.WorktreePlace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What shows, where the operator works, that somebody has begun a task. */
final class DeskSigns {

    private DeskSigns() {}

    static List<String> of(AtDesk desk) {
        return Stream.of(ofClaim(desk.claim()), ofPlace(desk.place())).flatMap(Optional::stream).toList();
    }

    private static Optional<String> ofClaim(Claim claim) {
        return switch (claim) {
            case Claim.None _ -> Optional.empty();
            case Claim.Held _,Claim.HeldByAnother _ -> Optional.of("it is registered");
            case Claim.Unreadable _ -> Optional.of("it may be registered");
        };
    }

    private static Optional<String> ofPlace(WorktreePlace place) {
        return switch (place) {
            case WorktreePlace.Gone _ -> Optional.empty();
            case WorktreePlace.There _ -> Optional.of("it has a worktree");
            case WorktreePlace.Unreadable _ -> Optional.of("it may have a worktree");
        };
    }
}
