/** What tests are made with: real repositories and stand-ins for services, told as a story. */
@NullMarked
package dev.reeve.kit;

import org.jspecify.annotations.NullMarked;
