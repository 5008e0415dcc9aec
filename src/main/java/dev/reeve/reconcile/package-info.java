/** To be told. */
@NullMarked
package dev.reeve.reconcile;

import org.jspecify.annotations.NullMarked;
