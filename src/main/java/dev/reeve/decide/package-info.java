/** To be told. */
@NullMarked
package dev.reeve.decide;

import org.jspecify.annotations.NullMarked;
