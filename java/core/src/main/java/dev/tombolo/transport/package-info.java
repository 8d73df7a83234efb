/** How a mode carries a call to Go: the interface between the core and the transports. */
@NullMarked
package dev.tombolo.transport;

import org.jspecify.annotations.NullMarked;
