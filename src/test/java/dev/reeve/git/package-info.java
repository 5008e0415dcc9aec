/** Tests of the git adapter against the real program and real repositories. */
@NullMarked
package dev.reeve.git;

import org.jspecify.annotations.NullMarked;
