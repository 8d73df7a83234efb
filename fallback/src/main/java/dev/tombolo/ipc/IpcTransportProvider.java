package dev.tombolo.ipc;

import dev.tombolo.Mode;
import dev.tombolo.transport.PackedBinary;
import dev.tombolo.transport.Platform;
import dev.tombolo.transport.Transport;
import dev.tombolo.transport.TransportProvider;
import dev.tombolo.transport.TransportSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the transport of mode ipc. */
public final class IpcTransportProvider implements TransportProvider {
    @Override
    public Mode mode() {
        return Mode.IPC;
    }

    @Override
    public Optional<String> objection(TransportSettings settings) {
        if (settings.connect().isPresent()) {
            return settings.tokenFile().isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            "tombolo.ipc.connect needs tombolo.ipc.tokenFile, the file with that sidecar's secret.");
        }
        if (settings.sidecar().isPresent()) {
            Path sidecar = settings.sidecar().get();
            return Files.isRegularFile(sidecar)
                    ? Optional.empty()
                    : Optional.of(
                            "there is no sidecar [" + sidecar + "], which tombolo.sidecar names; correct the path.");
        }
        Platform platform = Platform.current();
        return packed(platform).isPresent()
                ? Optional.empty()
                : Optional.of("no sidecar is packed for this platform, " + platform.classifier()
                        + ". Build one there and name it with -Dtombolo.sidecar=FILE.");
    }

    @Override
    public Transport open(TransportSettings settings) {
        return IpcTransport.open(settings);
    }

    static Optional<PackedBinary> packed(Platform platform) {
        return PackedBinary.find(
                IpcTransportProvider.class, platform, "sidecar", platform.executableFile("tombolo-sidecar"));
    }
}
