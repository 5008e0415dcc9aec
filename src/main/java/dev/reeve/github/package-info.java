/**
 * GitHub's REST API, as far as Reeve uses it: who the App is, its tokens, pull requests and check runs.
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
 * <li>Only what may be repeated without harm is repeated (reads, asking for a token), at most twice.
 * <li>A token or key is in no message, log, URL or {@code toString}. Text from GitHub is escaped in messages.
 * <li>An answer is believed only when it has the fields and types that are needed; pages of GitHub's that filter by
 * a parameter are filtered again here, since GitHub ignores filters that it doesn't understand.
 * </ul>
 *
 * <p>The requests are made with the JDK's client, not with a GitHub library. With {@code github-api} (tried at 1.330)
 * one pull request costs two requests, because a repository object has to be read first, and an installation two
 * as well; it sleeps on limits unless told otherwise, refuses the key files that GitHub hands out, and knows neither
 * conditional requests nor request timeouts. What it would have saved is the ten lines that write a check run.
 *
 * <p>Facts about GitHub are from <a href="https://docs.github.com/en/rest">its REST documentation</a>, version
 * 2022-11-28.
 */
@NullMarked
package dev.reeve.github;

import org.jspecify.annotations.NullMarked;
