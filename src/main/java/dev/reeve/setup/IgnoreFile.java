package dev.reeve.setup;

import dev.reeve.git.Housekeeping;
import dev.reeve.model.TasksRoot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Makes git ignore the runtime files, by {@code .gitignore} in the root; what is ignored already, by whatever rule, isn't said again. */
public final class IgnoreFile {

    private static final String NAME = ".gitignore";

    private final Path root;
    private final Housekeeping git;

    public IgnoreFile(Path root, Housekeeping git) {
        this.root = root;
        this.git = git;
    }

    /** A folder of runtime files, relative to the root. */
    private record Folder(String path) {

        /** A file in it that is nobody's: no rule of a folder further down, which only this machine has, speaks of it. */
        String probe() {
            return path + "/reeve-probe";
        }

        /** The rule for this very folder: signs that mean something in a rule are escaped. */
        String rule() {
            return path.replaceAll("([*?\\[\\\\ !#])", "\\\\$1") + "/";
        }
    }

    private static List<Folder> folders(TasksRoot tasks) {
        return List.of(new Folder(".tasks"), new Folder(tasks + "/logs"));
    }

    /** The folders of runtime files that git would track. */
    public List<String> missing(TasksRoot tasks) {
        return unignored(tasks).stream().map(Folder::path).toList();
    }

    private List<Folder> unignored(TasksRoot tasks) {
        var ignored = git.ignored(folders(tasks).stream().map(Folder::probe).toList());
        return folders(tasks).stream().filter(folder -> !ignored.contains(folder.probe())).toList();
    }

    Deed complete(TasksRoot tasks, Site site) {
        return Deed.of(NAME, () -> {
            var missing = unignored(tasks);
            return missing.isEmpty() ? Deed.kept(NAME, "the runtime files are ignored")
                    : add(missing.stream().map(Folder::rule).toList(), tasks, site);
        });
    }

    private Deed add(List<String> rules, TasksRoot tasks, Site site) throws IOException {
        var file = root.resolve(NAME);
        var before = Site.read(file);
        var utf8 = new String(String.join("\n", rules).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        site.write(file, Lines.bytes(Lines.append(before.map(Lines::of).orElse(""), utf8 + "\n")));
        if (site.mode() == Site.Mode.ACT && !unignored(tasks).isEmpty()) {
            return Deed.failed(NAME, "the rules " + String.join(" ", rules)
                    + " were added, but a later one undoes them: git check-ignore -v says which");
        }
        var detail = "ignores " + String.join(" ", rules);
        return before.isEmpty() ? Deed.created(NAME, detail) : Deed.updated(NAME, detail);
    }
}
