/** To be told. */
@NullMarked
package dev.reeve.github;

import org.jspecify.annotations.NullMarked;
