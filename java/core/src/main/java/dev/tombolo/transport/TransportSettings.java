package dev.tombolo.transport;

import dev.tombolo.IpcSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How transports are set up. Two runtimes with equal settings are one.
 *
 * @param library the Go library to load instead of the packed one
 * @param sidecar the sidecar's executable to start instead of the packed one
 * @param nativeFolder the folder that packed binaries are extracted to instead of the usual ones
 * @param connect the socket of a running sidecar to use instead of starting one
 * @param tokenFile the file with the secret of that sidecar
 * @param socket which implementation of Unix-domain sockets to use
 * @param startTimeout how long a sidecar may take to be ready
 */
public record TransportSettings(
        Optional<Path> library,
        Optional<Path> sidecar,
        Optional<Path> nativeFolder,
        Optional<Path> connect,
        Optional<Path> tokenFile,
        IpcSocket socket,
        Duration startTimeout) {}
