/** To be told. */
@NullMarked
package dev.reeve.app;

import org.jspecify.annotations.NullMarked;
