/**
 * The HTTP server: routes, pages and limits, no logic.
 *
 * <p>What comes from outside is bounded before it costs anything: connections, header sizes, the time that a body may take, the memory of all
 * bodies together. A delivery is answered after it is durable and before anything is done about it. No answer names software, shows a stack
 * trace or repeats what was sent.
 *
 * <p>Pages are Mustache templates in {@code pages}; they work without a script. The first set-up ({@link dev.reeve.web.Setup}) is the only thing that is done by them so far.
 *
 * <p>Wired by {@code app}.
 */
@NullMarked
package dev.reeve.web;

import org.jspecify.annotations.NullMarked;
