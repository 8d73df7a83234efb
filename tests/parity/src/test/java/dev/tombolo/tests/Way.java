package dev.tombolo.tests;

import dev.tombolo.IpcSocket;
import dev.tombolo.Mode;
import dev.tombolo.Tombolo;
import dev.tombolo.technology.TechnologyDetector;
import dev.tombolo.transport.Platform;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A way from Java to Go. All of them lead to the fixture, which holds tombolo's services and one for tests: a process can hold
 * only one Go library, so that the tests of mode ffi share it.
 */
enum Way {
    FFI(Mode.FFI, IpcSocket.AUTO),
    IPC_JUNIXSOCKET(Mode.IPC, IpcSocket.JUNIXSOCKET),
    IPC_JDK(Mode.IPC, IpcSocket.JDK);

    private static final Path BINARIES =
            Path.of("target", "fixture", Platform.current().classifier()).toAbsolutePath();
    static final Path LIBRARY = BINARIES.resolve(Platform.current().libraryFile("libtombolo-fixture"));
    static final Path SIDECAR = BINARIES.resolve(Platform.current().executableFile("tombolo-sidecar-fixture"));

    final Mode mode;
    private final IpcSocket socket;

    Way(Mode mode, IpcSocket socket) {
        this.mode = mode;
        this.socket = socket;
    }

    /** Returns a builder for this way; a runtime ends with its last user. */
    Tombolo.Builder builder() {
        return configure(Tombolo.builder());
    }

    Tombolo open() {
        return builder().open();
    }

    /** Returns a builder of a detector for this way. */
    TechnologyDetector.Builder detector() {
        return TechnologyDetector.builder().runtime(this::configure);
    }

    private Tombolo.Builder configure(Tombolo.Builder builder) {
        return builder.mode(mode)
                .ipcSocket(socket)
                .library(LIBRARY)
                .sidecar(SIDECAR)
                .linger(Duration.ZERO);
    }
}
