package dev.reeve.setup;

import dev.reeve.git.HooksFolder;
import dev.reeve.git.Housekeeping;
import dev.reeve.model.BranchName;
import dev.reeve.setup.HookBlock.Reach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The hooks that make a checkout true after a pull or a checkout of the default branch: {@code post-merge}, {@code post-rewrite},
 * {@code post-checkout}, where git looks for them.
 */
public final class GitHooks {

    private static final String SUBJECT = "hooks";

    private final Path root;
    private final Path gitFolder;
    private final HooksFolder folder;
    private final BranchName defaultBranch;

    /**
     * @param root the top of the main checkout
     * @param gitFolder the git folder that all worktrees share
     * @param defaultBranch whose checkout matters
     * @throws dev.reeve.git.GitFailure when git doesn't say where the hooks are
     */
    public GitHooks(Path root, Path gitFolder, Housekeeping git, BranchName defaultBranch) {
        this.root = root;
        this.gitFolder = gitFolder;
        this.folder = git.hooks();
        this.defaultBranch = defaultBranch;
    }

    /** Whether hooks outside of the repository, which others may run as well, are changed. */
    public enum Shared {
        CHANGED, LEFT_ALONE
    }

    /** How a hook is. */
    public enum State {
        CURRENT, OUTDATED, MISSING
    }

    /**
     * One hook as it is.
     *
     * @param subject how people know it
     * @param launcher the program that it runs, where that exists
     */
    public record Seen(String subject, State state, Optional<Path> launcher) {}

    /** Installs them, or brings them up to date; the program is {@code launcher}, else whatever {@code reeve} is on the PATH. */
    public List<Deed> install(Optional<Path> launcher, Shared shared, Site site) {
        var refusal = refusal(shared);
        return refusal.isPresent() ? List.of(refusal.get())
                : files().stream().map(file -> file.install(block(launcher), site)).toList();
    }

    /** Takes them out; what was there before Reeve is then as it was, byte for byte. */
    public List<Deed> uninstall(Shared shared, Site site) {
        var refusal = refusal(shared);
        return refusal.isPresent() ? List.of(refusal.get())
                : files().stream().map(file -> file.uninstall(site)).toList();
    }

    /** How they are. */
    public List<Seen> look() throws IOException {
        var seen = new ArrayList<Seen>();
        for (var file : files()) {
            var block = file.block();
            var state = block.isEmpty() ? State.MISSING
                    : file.isCurrent(block(Optional.empty())) ? State.CURRENT : State.OUTDATED;
            seen.add(new Seen(file.subject(), state,
                    block.flatMap(HookBlock::launcher).filter(Files::isExecutable)));
        }
        return List.copyOf(seen);
    }

    private Optional<Deed> refusal(Shared shared) {
        if (Files.exists(folder.path()) && !Files.isDirectory(folder.path())) {
            return Optional.of(Deed.failed(SUBJECT, "core.hooksPath is " + folder.path()
                    + ", which is no folder: git runs no hooks here. Unset it, or run reeve reconcile after each pull"));
        }
        return switch (shared) {
            case CHANGED -> Optional.empty();
            case LEFT_ALONE -> isOurs() ? Optional.empty()
                    : Optional.of(Deed.failed(SUBJECT, "core.hooksPath is " + folder.path()
                            + ", outside of this repository, so other repositories may use it: left alone. With --shared it is"
                            + " changed all the same; the hooks act where there is a .reeve.yml"));
        };
    }

    private boolean isOurs() {
        return switch (folder.setBy()) {
            case NOBODY -> true;
            case REPOSITORY, PERSON -> isBelow(root) || isBelow(gitFolder);
        };
    }

    private boolean isBelow(Path other) {
        return real(folder.path()).startsWith(real(other));
    }

    /** The path without links as far as there is anything. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            var parent = path.getParent();
            return parent == null ? path : real(parent).resolve(String.valueOf(path.getFileName()));
        }
    }

    private HookBlock block(Optional<Path> launcher) {
        return new HookBlock(defaultBranch, launcher, isOurs() ? Reach.THIS_REPOSITORY : Reach.SHARED);
    }

    private List<HookFile> files() {
        return Arrays.stream(HookKind.values()).map(kind -> {
            var file = folder.path().resolve(kind.id());
            return new HookFile(kind, file, (file.startsWith(root) ? root.relativize(file) : file).toString());
        }).toList();
    }
}
