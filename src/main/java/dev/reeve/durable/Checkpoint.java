package dev.reeve.durable;

/** Is told of each durable step; a test that throws from here leaves the disk as a crash at this moment would. */
@FunctionalInterface
public interface Checkpoint {

    /** What everybody but a crash test passes. */
    Checkpoint NONE = step -> {};

    /**
     * A step was taken.
     *
     * @param step what has just become durable, for people: {@code replaced x.json}
     */
    void reached(String step);
}
