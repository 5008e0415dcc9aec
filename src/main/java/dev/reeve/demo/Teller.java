package dev.reeve.demo;

/** How the story reaches its reader. */
public interface Teller {

    /** What the story is about. */
    void title(String text);

    /** The next thing that happens. */
    void step(String text);

    /** A line about it. */
    void say(String text);

    /** A line of a diff. */
    void diff(String line);
}
