package dev.tombolo.ffi;

import dev.tombolo.Mode;
import dev.tombolo.transport.Transport;
import dev.tombolo.transport.TransportProvider;
import dev.tombolo.transport.TransportSettings;
import java.util.Optional;

/** Makes the transport of mode ffi. */
public final class FfiTransportProvider implements TransportProvider {
    @Override
    public Mode mode() {
        return Mode.FFI;
    }

    @Override
    public Optional<String> objection(TransportSettings settings) {
        return Preflight.objection(settings);
    }

    @Override
    public Transport open(TransportSettings settings) {
        return new FfiTransport(NativeLibrary.load(settings));
    }
}
