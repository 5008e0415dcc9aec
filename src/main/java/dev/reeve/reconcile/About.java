package dev.reeve.reconcile;

import dev.reeve.model.Slug;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a pull request is about.
 *
 * @param tasks what merging it completes, or has completed
 * @param late what it names, and a merge doesn't complete: it was not promised before it, or is more than one merge completes
 */
public record About(List<Slug> tasks, List<Slug> late) {

    /** A merge completes no more tasks than these, so that all that it completes can be told before it. */
    public static final int MOST = 50;

    static final About NOTHING = new About(List.of(), List.of());

    /** These, as far as one merge may complete them. */
    static About of(Collection<Slug> tasks) {
        return of(tasks, List.of());
    }

    static About of(Collection<Slug> tasks, Collection<Slug> late) {
        return new About(tasks.stream().distinct().limit(MOST).toList(),
                Stream.concat(tasks.stream().distinct().skip(MOST), late.stream()).distinct().toList());
    }

    /** All that it names, sooner or later, which somebody has confirmed who may write. */
    public About confirmed() {
        return of(Stream.concat(tasks.stream(), late.stream()).toList());
    }
}
