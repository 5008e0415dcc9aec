/** To be told. */
@NullMarked
package dev.reeve.inbox;

import org.jspecify.annotations.NullMarked;
