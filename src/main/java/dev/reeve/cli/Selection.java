package dev.reeve.cli;

import dev.reeve.model.TaskPath;
import dev.reeve.model.Text;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a checkout that somebody named.
 *
 * @param everything true for the whole checkout
 * @param paths files and folders
 * @param files those of them that are files
 */
record Selection(boolean everything, List<TaskPath> paths, List<TaskPath> files) {

    /** The paths as they were typed in the checkout's working folder; everything when there are none. */
    static Selection of(Whereabouts here, List<String> typed) {
        var paths = new ArrayList<TaskPath>();
        var files = new ArrayList<TaskPath>();
        boolean everything = typed.isEmpty();
        for (var text : typed) {
            var path = locate(here, text);
            if (path.equals(here.root())) {
                everything = true;
                continue;
            }
            var inside = TaskPath.parse(here.root().relativize(path).toString())
                    .orElseThrow(() -> Refusal.usage(Text.quoted(text) + " can't be checked: its name is not allowed"));
            paths.add(inside);
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                files.add(inside);
            }
        }
        return new Selection(everything, List.copyOf(paths), List.copyOf(files));
    }

    private static Path locate(Whereabouts here, String text) {
        try {
            var path = here.directory().resolve(text).normalize();
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw Refusal.usage("there is no file or folder " + Text.quoted(text));
            }
            if (!path.startsWith(here.root())) {
                throw Refusal.usage(Text.quoted(text) + " is outside of the repository "
                        + Text.plain(here.root().toString(), 300));
            }
            return path;
        } catch (InvalidPathException e) {
            throw Refusal.usage(Text.quoted(text) + " is not a path");
        }
    }

    /** True for a file that was named, or is below a folder that was. */
    boolean covers(String file) {
        return everything || paths.stream().anyMatch(p -> file.equals(p.value()) || file.startsWith(p + "/"));
    }
}
