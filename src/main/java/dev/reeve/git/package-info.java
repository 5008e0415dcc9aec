/** To be told. */
@NullMarked
package dev.reeve.git;

import org.jspecify.annotations.NullMarked;
