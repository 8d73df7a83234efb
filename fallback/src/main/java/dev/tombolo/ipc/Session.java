package dev.tombolo.ipc;

import com.google.protobuf.ByteString;
import dev.tombolo.UnavailableException;
import dev.tombolo.transport.Causes;
import dev.tombolo.transport.Platform;
import dev.tombolo.transport.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A sidecar and the connection to it; without the sidecar if somebody else runs it.
 *
 * @param sidecar the process, if this JVM started it
 * @param connection the connection
 * @param socket where it listens
 */
record Session(Optional<Sidecar> sidecar, Connection connection, Path socket) implements AutoCloseable {
    private static final int TOKEN_BYTES = 32;

    /**
     * Starts a sidecar, or finds the one that somebody else runs, and connects to it.
     *
     * @throws UnavailableException if that fails; nothing is left behind
     */
    static Session open(TransportSettings settings, UnixSockets sockets) {
        if (settings.connect().isPresent()) {
            return join(settings.connect().get(), settings.tokenFile().orElseThrow(), settings, sockets);
        }
        if (settings.sidecar().isPresent()) {
            Path executable = settings.sidecar().get();
            try {
                return start(executable, settings, sockets);
            } catch (IOException problem) {
                throw new UnavailableException(
                        "the sidecar [" + executable + "] can't be started: " + Causes.describe(problem), List.of());
            }
        }
        return IpcTransportProvider.packed(Platform.current())
                .orElseThrow()
                .useFirst(settings.nativeFolder(), executable -> start(executable, settings, sockets));
    }

    private static Session start(Path executable, TransportSettings settings, UnixSockets sockets) throws IOException {
        byte[] secret = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Sidecar sidecar = new Sidecar(executable, token, settings.startTimeout());
        Session session = null;
        try {
            Connection connection = Connection.greet(
                    sockets.connect(sidecar.socket()), ByteString.copyFromUtf8(token), settings.startTimeout());
            session = new Session(Optional.of(sidecar), connection, sidecar.socket());
            return session;
        } catch (IOException problem) {
            throw new UnavailableException(
                    "the sidecar can't be connected to: " + Causes.describe(problem) + sidecar.lastWords(), List.of());
        } finally {
            if (session == null) {
                sidecar.close();
            }
        }
    }

    private static Session join(Path socket, Path tokenFile, TransportSettings settings, UnixSockets sockets) {
        try {
            ByteString token =
                    ByteString.copyFromUtf8(Files.readString(tokenFile).strip());
            return new Session(
                    Optional.empty(),
                    Connection.greet(sockets.connect(socket), token, settings.startTimeout()),
                    socket);
        } catch (IOException problem) {
            throw new UnavailableException(
                    "the sidecar at [" + socket + "] can't be used: " + Causes.describe(problem), List.of());
        }
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Returns what is known of a sidecar's end, to be put behind a message. */
    String lastWords() {
        return sidecar.map(Sidecar::lastWords).orElse("");
    }

    @Override
    public void close() {
        connection.close();
        sidecar.ifPresent(Sidecar::close);
    }
}
