/** To be told. */
@NullMarked
package dev.reeve.intake;

import org.jspecify.annotations.NullMarked;
