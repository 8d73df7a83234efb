/** The ipc mode: the Go library in a sidecar process. Nothing is exported; the core finds the transport as a service. */
module dev.tombolo.ipc {
    requires static org.jspecify;
    requires dev.tombolo.core;
    // Only where it's used: the JDK's channel does without it.
    requires static org.newsclub.net.unix;

    provides dev.tombolo.transport.TransportProvider with
            dev.tombolo.ipc.IpcTransportProvider;
}
