/**
 * All judgement, as pure functions: from facts to a plan, with the reason for each part of it.
 *
 * <p>Nothing in here reads a clock, a file, a network or a random number, so nothing in here can fail on them: time and
 * chance come in as arguments. A decision carries its reason, and status page, check run, command line and log print that
 * reason; nobody explains it a second time. {@code reconcile} and {@code cli} call it; it imports {@code model} alone.
 */
@NullMarked
package dev.reeve.decide;

import org.jspecify.annotations.NullMarked;
