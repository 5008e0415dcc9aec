package dev.reeve.taskfile;

import dev.reeve.model.Fault;
import dev.reeve.model.SignalKind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. */
final class Faults {

    /** A file made to be wrong everywhere must not cost more than one that is wrong somewhere. */
    private static final int MOST = 100;

    private final Source source;
    private final List<Fault> faults = new ArrayList<>();

    Faults(Source source) {
        this.source = source;
    }

    /** Adds {@code invalid_frontmatter} at the node. */
    void add(Node at, String message) {
        add(SignalKind.INVALID_FRONTMATTER, at, message);
    }

    /** Adds a fault at the node. */
    void add(SignalKind kind, Node at, String message) {
        if (faults.size() < MOST) {
            add(new Fault(kind, source.place(at.start()), message));
        }
    }

    /** Adds a fault that has its place. */
    void add(Fault fault) {
        faults.add(fault);
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** The faults in the file's order. */
    List<Fault> inOrder() {
        return faults.stream()
                .sorted(Comparator.comparingInt((Fault fault) -> fault.place().line())
                        .thenComparingInt(fault -> fault.place().column()))
                .toList();
    }
}
