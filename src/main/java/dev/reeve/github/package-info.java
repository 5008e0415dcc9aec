/**
 * GitHub's REST API, as far as Reeve uses it: who the App is, its tokens, pull requests, what they wait for, check runs, and commits that
 * GitHub signs.
 *
 * <p>{@link dev.reeve.github.Installations} and {@link dev.reeve.github.DeliveryLog} are what the App asks as itself, beside the library, which has neither
 * the log nor a way to read a list in pages of our own bound.
 *
 * <p>{@link dev.reeve.github.GitHubApp} (the server) and {@link dev.reeve.github.TokenAccess} (the agent and the
 * commands) hand out a {@link dev.reeve.github.RepositoryClient} for a repository; {@code reconcile} and
 * {@code agent} read and write through it. Nothing of HTTP or JSON leaves this package: what comes out is the
 * vocabulary of {@code model}, or a {@link dev.reeve.github.GitHubFailure} that says what happened and what to do.
 *
 * <p>Invariants:
 * <ul>
 * <li>No thread sleeps on a rate limit. A limit closes one installation until its time; calls before that fail at
 * once, without a request. Calls for other installations go on.
 * <li>Every call ends: connecting, answering, the answer's size, redirects and retries are all bounded.
 * <li>Only what may be repeated without harm is repeated (reads, asking for a token, making a commit that is on no branch), at most twice.
 * <li>A token or key is in no message, log, URL or {@code toString}. Text from GitHub is escaped in messages.
 * <li>An answer is believed only when it has the fields and types that are needed; pages of GitHub's that filter by
 * a parameter are filtered again here, since GitHub ignores filters that it doesn't understand.
 * </ul>
 *
 * <p>What is asked and how its answers are read is the library's, {@code github-api}: pull requests, check runs, the
 * repository, the App's installation and its tokens are its types and builders. How it is sent is ours, behind its
 * connector interface ({@link dev.reeve.github.Conversation}): a timeout over the whole answer, conditional requests,
 * limits that fail at once, tokens and keys that are renewed, bounds. The library's own parts for these wait through
 * limits, have no timeout for an answer, and refuse the key files that GitHub hands out. It is given no token.
 *
 * <p>Four things are done beside the library, because it would take more requests or less care:
 * <ul>
 * <li>It fetches an App, repository, pull request or commit before it lets anything be asked of it.
 * {@link dev.reeve.github.Handles} makes those objects of the name alone.
 * <li>It fetches each pull request of a list again before it tells {@code draft} and {@code merge_commit_sha}, which
 * the list had. These two fields are read from the answer.
 * <li>It doesn't tell missing fields and wrong types from right ones. {@link dev.reeve.github.Forms} looks first.
 * <li>It has no combined commit status, and fetches the account of every reviewer. What a pull request waits for is read from the
 * answers ({@link dev.reeve.github.Standings}).
 * </ul>
 *
 * <p>Requests, counted with version 1.330, and in brackets what the same code takes when the library goes its own
 * way: a pull request 1 (2), the one that counts for a branch 1 (3), those of a commit 1 (3), the files of one with 150
 * files 2 (4), making a check run 1 (2) and finding the old one 1. What an open pull request waits for takes 4, and one more for each further
 * hundred check runs, statuses or reviews.
 *
 * <p>Facts about GitHub are from <a href="https://docs.github.com/en/rest">its REST documentation</a>, version
 * 2022-11-28.
 */
@NullMarked
package dev.reeve.github;

import org.jspecify.annotations.NullMarked;
