/** To be told. */
@NullMarked
package dev.reeve.durable;

import org.jspecify.annotations.NullMarked;
