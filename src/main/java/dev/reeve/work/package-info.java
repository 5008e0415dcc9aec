/**
 * What each kind of work in the queue does: the server's use of the reconcile pass.
 *
 * <p>Work comes in two stages. A closed pull request or a push is <em>routed</em>: it is read anew and becomes work for the tasks that it is
 * about. A task's work is the <em>pass</em>; the check run of the pull request is written after it, from the state that is then there. Each stage is
 * keyed, so that one task is worked on by one worker at a time and one check run is written by one, and each hands over to the next in
 * the transaction that ends it. With it goes the commit at which the default branch was seen, since the next stage may be another replica's, whose clone
 * is older.
 *
 * <p>Which repositories there are is work as well: {@link dev.reeve.work.RepositoryWork} and {@link dev.reeve.work.InstallationWork} ask GitHub and bring
 * what is kept in line. Work on a repository that is suspended or archived ends at once; when it goes on, it is looked at as a whole.
 *
 * <p>Called by the queue's runner, wired in {@code app}. Every failure becomes an {@link dev.reeve.model.Outcome}: what may mend itself is
 * tried again, what needs a person becomes a dead letter with words for them.
 */
@NullMarked
package dev.reeve.work;

import org.jspecify.annotations.NullMarked;
