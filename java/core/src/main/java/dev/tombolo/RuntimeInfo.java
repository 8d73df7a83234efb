package dev.tombolo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What answers the calls of a {@link Tombolo}.
 *
 * @param mode the mode it runs in; never {@link Mode#AUTO}
 * @param reason why this mode, in a sentence
 * @param libraryVersion the version of the Go library
 * @param goVersion the version of Go that built it, such as "go1.26.8"
 * @param abiVersion the version of the C ABI that the library was built with
 * @param protocolVersion the version of the sidecar's protocol that it was built with
 * @param limits the limits in force
 * @param services the services that it holds, sorted by name
 * @param transport facts on how it's reached, such as "library" → its path, or "sidecar" → its process id
 */
public record RuntimeInfo(
        Mode mode,
        String reason,
        String libraryVersion,
        String goVersion,
        int abiVersion,
        int protocolVersion,
        Limits limits,
        List<Service> services,
        Map<String, String> transport) {

    /**
     * A service of the library.
     *
     * @param name its full name, such as "tombolo.technology.v1.TechnologyService"
     * @param methods the names of its methods
     * @param versions the versions of what it is made of, such as "wappalyzergo" → "v0.2.93"
     */
    public record Service(String name, List<String> methods, Map<String, String> versions) {}

    /**
     * The limits of the process that Go runs in.
     *
     * @param memoryLimitBytes the soft limit of Go's memory in bytes; empty for none
     * @param maxRequestBytes the most that one request may hold, in bytes
     */
    public record Limits(OptionalLong memoryLimitBytes, long maxRequestBytes) {}

    /** Returns the description of a service, if the library holds it. */
    public Optional<Service> service(String name) {
        return services.stream().filter(service -> service.name().equals(name)).findFirst();
    }
}
