/**
 * What operators may see and force, as an HTTP API under {@code /api/v1}: which calls there are, what they take and what they answer. Bytes and
 * headers are for {@code web}, which also judges who may call.
 *
 * <p>What always holds:
 * <ul>
 * <li>Whoever forces something is recorded, in the transaction that makes the work durable.
 * <li>A name that a caller gives is unverified, and is shown beside what was verified.
 * <li>Everything is bounded: a body, a page, how many deliveries one call forces, how many tasks a rehearsal looks at.
 * <li>No answer holds a secret, and none says more of a fault of our own than that there was one.
 * </ul>
 *
 * <p>{@code api/openapi.json} in the resources describes it; {@code ApiDocumentTest} holds the two together. Called by {@code web}.
 */
@NullMarked
package dev.reeve.api;

import org.jspecify.annotations.NullMarked;
