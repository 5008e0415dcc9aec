/**
 * The story that {@code reeve demo} tells: a small world in a temporary folder, the real server, one merge.
 *
 * <p>Only GitHub itself is a stand-in ({@link dev.reeve.demo.StandInGitHub}), because a newcomer has no App yet; the remote, the checkout, the worktree, the
 * signature, the database and the server are real. Called by {@code cli}; nothing else imports it.
 */
@NullMarked
package dev.reeve.demo;

import org.jspecify.annotations.NullMarked;
