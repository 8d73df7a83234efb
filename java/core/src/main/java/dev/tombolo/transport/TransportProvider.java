package dev.tombolo.transport;

import dev.tombolo.Mode;
import dev.tombolo.TomboloException;
import java.util.Optional;

/** Makes the transport of one mode; found by {@link java.util.ServiceLoader}. */
public interface TransportProvider {
    /** The mode; not {@link Mode#AUTO}. */
    Mode mode();

    /**
     * Looks for reasons against this mode in this process, without changing anything in it.
     *
     * @return what was seen, why that is a problem, and the remedy; empty if nothing speaks against it
     */
    Optional<String> objection(TransportSettings settings);

    /**
     * Opens the transport.
     *
     * @throws TomboloException if that's impossible; the message says why and what to do
     */
    Transport open(TransportSettings settings);
}
