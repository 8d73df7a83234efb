package dev.tombolo.ipc;

import dev.tombolo.IpcSocket;
import dev.tombolo.UnavailableException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** The implementations of Unix-domain sockets. */
enum UnixSockets {
    JUNIXSOCKET {
        @Override
        SocketChannel connect(Path path) throws IOException {
            return Junixsocket.connect(path);
        }
    },
    JDK {
        @Override
        SocketChannel connect(Path path) throws IOException {
            return SocketChannel.open(UnixDomainSocketAddress.of(path));
        }
    };

    /** Connects to a socket and returns a blocking channel. */
    abstract SocketChannel connect(Path path) throws IOException;

    /**
     * Returns the implementation to use.
     *
     * @throws UnavailableException if it's junixsocket by name and can't be used here
     */
    static UnixSockets of(IpcSocket wanted) {
        return switch (wanted) {
            case JDK -> JDK;
            // In this order: to ask whether it works is to load its native part.
            case AUTO -> staysAnyway() && problem() == null ? JUNIXSOCKET : JDK;
            case JUNIXSOCKET -> {
                String problem = problem();
                if (problem != null) {
                    throw new UnavailableException(
                            "junixsocket can't be used here: " + problem + ". Use -Dtombolo.ipc.socket=jdk or auto.",
                            List.of());
                }
                yield JUNIXSOCKET;
            }
        };
    }

    /**
     * Returns whether junixsocket's class loader lives as long as the JVM. Its native part holds global references to its own
     * classes, so that another one, such as an application server's, could never be collected.
     */
    private static boolean staysAnyway() {
        ClassLoader junixsocket;
        try {
            junixsocket = Junixsocket.classLoader();
        } catch (LinkageError missing) {
            return false;
        }
        for (ClassLoader loader = ClassLoader.getSystemClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader == junixsocket) {
                return true;
            }
        }
        return false;
    }

    /** Returns why junixsocket can't be used; null if it can. */
    private static @Nullable String problem() {
        try {
            return Junixsocket.supported() ? null : "its native part doesn't load on this platform";
        } catch (LinkageError missing) {
            return missing.toString();
        }
    }

    /** All that touches junixsocket's classes, which needn't be there. */
    private static final class Junixsocket {
        static ClassLoader classLoader() {
            return AFUNIXSocket.class.getClassLoader();
        }

        static boolean supported() {
            return AFUNIXSocket.isSupported();
        }

        static SocketChannel connect(Path path) throws IOException {
            return AFUNIXSocketChannel.open(AFUNIXSocketAddress.of(path));
        }
    }
}
