package dev.tombolo.internal;

import dev.tombolo.Mode;
import dev.tombolo.transport.TransportSettings;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * What makes two runtimes the same.
 *
 * @param mode the mode that is wanted
 * @param settings how its transport is set up
 * @param memoryLimitBytes the soft limit of Go's memory to set, in bytes
 * @param maxRequestBytes the limit of a request to set, in bytes
 * @param linger how long the runtime stays after its last user
 */
public record RuntimeKey(
        Mode mode,
        TransportSettings settings,
        OptionalLong memoryLimitBytes,
        OptionalLong maxRequestBytes,
        Duration linger) {}
