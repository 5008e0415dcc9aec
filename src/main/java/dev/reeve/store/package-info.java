/** To be told. */
@NullMarked
package dev.reeve.store;

import org.jspecify.annotations.NullMarked;
