/** To be told. */
@NullMarked
package dev.reeve.config;

import org.jspecify.annotations.NullMarked;
