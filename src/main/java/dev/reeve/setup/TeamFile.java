package dev.reeve.setup;

import dev.reeve.config.Configured;
import dev.reeve.config.TeamConfiguration;
import dev.reeve.model.BranchName;
import dev.reeve.model.OwnerKey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The repository's {@code .reeve.yml}: made when there is none, else left as it is. */
final class TeamFile {

    private static final String NAME = TeamConfiguration.FILE;

    private final Path root;

    TeamFile(Path root) {
        this.root = root;
    }

    /** What it says; the defaults where there is none, nothing when it can't be read or is wrong. */
    Optional<TeamConfiguration> team() {
        try {
            return valid(TeamConfiguration.read(NAME, Site.read(root.resolve(NAME)).orElse(new byte[0])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<TeamConfiguration> valid(Configured<TeamConfiguration> read) {
        return switch (read) {
            case Configured.Valid<TeamConfiguration>(var team, var _, var _) -> Optional.of(team);
            case Configured.Faulty<TeamConfiguration> _ -> Optional.empty();
        };
    }

    /** @param branch the default branch, asked for only when a file is made: it may talk to the remote */
    Deed complete(Supplier<Optional<BranchName>> branch, Optional<OwnerKey> owner, Site site) {
        return Deed.of(NAME, () -> {
            var before = Site.read(root.resolve(NAME));
            return before.isPresent() ? judged(before.get()) : made(branch.get(), owner, site);
        });
    }

    private static Deed judged(byte[] content) {
        return switch (TeamConfiguration.read(NAME, content)) {
            case Configured.Valid<TeamConfiguration> _ -> Deed.kept(NAME, "is there and valid");
            case Configured.Faulty<TeamConfiguration>(var faults, var _, var _) -> Deed.failed(NAME,
                    "is left as it is, and is wrong: " + faults.getFirst() + " (reeve config check shows everything)");
        };
    }

    private Deed made(Optional<BranchName> branch, Optional<OwnerKey> owner, Site site) throws IOException {
        var content = new FirstTeamFile(branch, owner).text().getBytes(StandardCharsets.UTF_8);
        site.write(root.resolve(NAME), content);
        return Deed.created(NAME, "default branch " + branch.map(BranchName::value).orElse("as the remote will say")
                + ", owner " + owner.map(OwnerKey::value).orElse("not known yet") + "; everything else by default");
    }
}
