package dev.reeve.cli;

import dev.reeve.demo.Teller;
import dev.reeve.model.Text;

import java.io.PrintWriter;

/** The demo's story on a screen. */
final class PrintedStory implements Teller {

    private static final int LONGEST = 400;

    private final PrintWriter out;
    private final Paint paint;
    private int steps;

    PrintedStory(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    @Override
    public void title(String text) {
        out.println();
        out.println(paint.strong(text));
        out.println();
    }

    @Override
    public void step(String text) {
        steps++;
        out.println();
        out.println(paint.strong(steps + "  " + text));
    }

    @Override
    public void say(String text) {
        out.println("   " + Text.plain(text, LONGEST));
    }

    @Override
    public void diff(String line) {
        var shown = Text.plain(line, LONGEST);
        out.println("     " + (line.startsWith("+") ? paint.good(shown)
                : line.startsWith("-") ? paint.bad(shown) : paint.faint(shown)));
    }

    void end(String text) {
        out.println();
        out.println(paint.good("Done.") + " " + text);
    }
}
