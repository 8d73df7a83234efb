/**
 * Runs Go libraries for Java: modes, life cycle, errors and deadlines. Applications use the libraries' own
 * modules, such as {@code dev.tombolo.technology}, which stand on this one.
 */
module dev.tombolo.core {
    requires static org.jspecify;
    requires transitive dev.tombolo.proto;

    exports dev.tombolo;
    // How a mode carries a call; for tombolo's own transports, so that it can change.
    exports dev.tombolo.transport to
            dev.tombolo.ffi,
            dev.tombolo.ipc;
    // How a typed client calls a method; for tombolo's own clients, since it speaks protobuf.
    exports dev.tombolo.internal to
            dev.tombolo.technology;

    uses dev.tombolo.transport.TransportProvider;
}
