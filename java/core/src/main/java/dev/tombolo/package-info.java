/**
 * What applications see of tombolo whatever library they call: how to open and configure a runtime
 * ({@link dev.tombolo.Tombolo}), in which {@link dev.tombolo.Mode} it runs, and how calls fail
 * ({@link dev.tombolo.TomboloException}).
 */
@NullMarked
package dev.tombolo;

import org.jspecify.annotations.NullMarked;
