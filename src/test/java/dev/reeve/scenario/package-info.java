/** Stories of the server, told with real parts in {@link dev.reeve.kit.Scenario}. */
@NullMarked
package dev.reeve.scenario;

import org.jspecify.annotations.NullMarked;
