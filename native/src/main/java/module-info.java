/**
 * The ffi mode: the Go library in this process. Nothing is exported; the core finds the transport as a service. It calls
 * native code, so that JDK 24 and newer want {@code --enable-native-access=dev.tombolo.ffi} (on the class path:
 * {@code ALL-UNNAMED}) and warn without it.
 */
module dev.tombolo.ffi {
    requires static org.jspecify;
    requires dev.tombolo.core;

    provides dev.tombolo.transport.TransportProvider with
            dev.tombolo.ffi.FfiTransportProvider;
}
