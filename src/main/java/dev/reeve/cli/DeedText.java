package dev.reeve.cli;

import dev.reeve.model.Text;
import dev.reeve.setup.Deed;
import dev.reeve.setup.Site.Mode;

import java.util.List;
import java.util.Locale;

/** What was set up, a line each, for people. */
final class DeedText {

    private static final int LONGEST = 500;

    private final Console console;

    DeedText(Console console) {
        this.console = console;
    }

    /** Prints it, and answers whether something failed. */
    Exit print(List<Deed> deeds, Mode mode) {
        int widest = deeds.stream().mapToInt(deed -> deed.subject().length()).max().orElse(0);
        deeds.forEach(deed -> console.out().println(line(deed, widest)));
        switch (mode) {
            case ACT -> {
            }
            case DRY_RUN -> console.out().println("Nothing was written (--dry-run).");
        }
        return deeds.stream().anyMatch(deed -> deed.kind() == Deed.Kind.FAILED) ? Exit.FAILED : Exit.DONE;
    }

    private String line(Deed deed, int widest) {
        var word = deed.kind().name().toLowerCase(Locale.ROOT);
        var paint = console.paint();
        var painted = switch (deed.kind()) {
            case CREATED, UPDATED, REMOVED -> paint.good(word);
            case KEPT -> paint.faint(word);
            case FAILED -> paint.bad(word);
        };
        return painted + " ".repeat(Math.max(0, 7 - word.length())) + "  " + Text.plain(deed.subject(), LONGEST)
                + " ".repeat(widest - deed.subject().length()) + "  " + Text.plain(deed.detail(), LONGEST);
    }
}
