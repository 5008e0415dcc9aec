/** To be told. */
@NullMarked
package dev.reeve.taskfile;

import org.jspecify.annotations.NullMarked;
