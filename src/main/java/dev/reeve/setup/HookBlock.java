package dev.reeve.setup;

import dev.reeve.model.BranchName;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What Reeve writes into a hook, between two marks: POSIX shell that runs what was there before first, ends with its status whatever becomes of Reeve, and
 * says nothing when there is no Reeve to be found.
 *
 * @param defaultBranch whose checkout matters
 * @param launcher the program to run; where it is gone, or none is known, {@code reeve} on the {@code PATH}
 * @param reach for which repositories the hook is run
 */
record HookBlock(BranchName defaultBranch, Optional<Path> launcher, Reach reach) {

    static final String BEGIN = "# >>> reeve >>> written by reeve hooks install; reeve hooks uninstall takes it out\n";
    static final String END = "# <<< reeve <<<\n";
    /** What is appended to the name of a hook that can't be added to. */
    static final String BEFORE = ".before-reeve";

    private static final String FIRST_LINE = "#!/bin/sh\n";
    private static final String LAUNCHER = "\nreeve=";

    /** For which repositories a hook is run. */
    enum Reach {
        /** For the one that it is installed in. */
        THIS_REPOSITORY,
        /** For all that share the folder of the hooks; it acts where there is a {@code .reeve.yml}. */
        SHARED
    }

    /** How the block goes together with a hook that is there. */
    enum Form {
        /** There is none. */
        ALONE,
        /** It is a shell script, and the block stands before its lines. */
        WITHIN,
        /** It is something else, and has another name now. */
        CHAINED
    }

    /** The block, and in a file of its own the line before it. */
    String text(HookKind kind, Form form) {
        return switch (form) {
            case ALONE -> FIRST_LINE + BEGIN + run(kind) + END;
            // The script runs itself again with the name, arguments and input that it was given, so it may end as it likes.
            case WITHIN -> BEGIN + "if [ -z \"${REEVE_INNER_HOOK-}\" ]; then\nreeve_status=0\n"
                    + "REEVE_INNER_HOOK=1 \"$0\" \"$@\" || reeve_status=$?\n" + run(kind)
                    + "exit \"$reeve_status\"\nfi\nunset REEVE_INNER_HOOK\n" + END;
            case CHAINED -> FIRST_LINE + BEGIN + "reeve_status=0\nif [ -x \"$0" + BEFORE + "\" ]; then\n\"$0" + BEFORE
                    + "\" \"$@\" || reeve_status=$?\nfi\n" + run(kind) + "exit \"$reeve_status\"\n" + END;
        };
    }

    /** Its input is closed, as it may be the hook's; a launcher that isn't built must not begin to build while git waits. */
    private String run(HookKind kind) {
        var here = switch (reach) {
            case THIS_REPOSITORY -> "";
            case SHARED -> "[ -e .reeve.yml ] && ";
        };
        return "if " + here + kind.condition(defaultBranch) + "; then"
                + LAUNCHER + Shell.quoted(launcher.map(Path::toString).orElse("")) + "\n"
                + "[ -x \"$reeve\" ] || reeve=$(command -v reeve) || reeve=\n"
                + "[ -z \"$reeve\" ] || REEVE_BUILD=never \"$reeve\" hooks run </dev/null || :\n"
                + "fi\n";
    }

    /** The same with another launcher. */
    HookBlock naming(Optional<Path> other) {
        return new HookBlock(defaultBranch, other, reach);
    }

    /** The form of a block that is there. */
    static Form form(String block) {
        return block.contains("REEVE_INNER_HOOK") ? Form.WITHIN : block.contains(BEFORE) ? Form.CHAINED : Form.ALONE;
    }

    /** The launcher that a block names. */
    static Optional<Path> launcher(String block) {
        int from = block.indexOf(LAUNCHER) + LAUNCHER.length();
        int to = block.indexOf('\n', from);
        var word = from < LAUNCHER.length() || to < from ? "" : Shell.unquoted(block.substring(from, to));
        try {
            return word.isEmpty() ? Optional.empty() : Optional.of(Path.of(word));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Whether a text is what a hook of Reeve alone has besides the block. */
    static boolean isNothingElse(String rest) {
        return rest.equals(FIRST_LINE);
    }
}
