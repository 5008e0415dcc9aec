/** To be told. */
@NullMarked
package dev.reeve.web;

import org.jspecify.annotations.NullMarked;
