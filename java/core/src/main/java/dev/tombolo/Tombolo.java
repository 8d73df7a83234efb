package dev.tombolo;

import dev.tombolo.internal.Client;
import dev.tombolo.internal.RuntimeKey;
import dev.tombolo.internal.RuntimeMethods;
import dev.tombolo.internal.Setting;
import dev.tombolo.internal.SharedRuntime;
import dev.tombolo.transport.Transport;
import dev.tombolo.transport.TransportSettings;
import java.lang.System.Logger.Level;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A running Go library. Typed clients stand on it; applications that use one client only need not see it.
 *
 * <p>Opening takes a place in a runtime that is shared by all in this class loader who configured it alike, so that
 * opening one for every request is cheap; the first one loads the library or starts the sidecar. After the last
 * {@link #close()} the runtime lingers for a while. Safe for use by many threads.
 *
 * <p>What the builder doesn't say is taken from system properties, else from environment variables of the same names in
 * capitals with underscores for dots ({@code TOMBOLO_MODE} for {@code tombolo.mode}, {@code TOMBOLO_MAXREQUESTBYTES} for {@code
 * tombolo.maxRequestBytes}):
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>property</th><th>meaning</th><th>default</th></tr>
 * <tr><td>tombolo.mode</td><td>{@link Mode}: ffi, ipc or auto</td><td>auto</td></tr>
 * <tr><td>tombolo.timeout</td><td>how long a call may take, as an ISO-8601 duration; PT0S for no limit</td><td>PT1M</td></tr>
 * <tr><td>tombolo.maxRequestBytes</td><td>the most that one request may hold, in bytes, at least 1024</td><td>128 MiB</td></tr>
 * <tr><td>tombolo.memoryLimitBytes</td><td>the soft limit of Go's memory, in bytes, at least 16 MiB</td><td>Go's</td></tr>
 * <tr><td>tombolo.library</td><td>the Go library to load, instead of the packed one</td><td></td></tr>
 * <tr><td>tombolo.sidecar</td><td>the sidecar's executable, instead of the packed one</td><td></td></tr>
 * <tr><td>tombolo.native.dir</td><td>the folder to extract packed binaries to</td><td>the user's cache folder</td></tr>
 * <tr><td>tombolo.ipc.socket</td><td>{@link IpcSocket}: junixsocket, jdk or auto</td><td>auto</td></tr>
 * <tr><td>tombolo.ipc.connect</td><td>the socket of a sidecar that runs already, which is neither stopped nor configured</td><td></td></tr>
 * <tr><td>tombolo.ipc.tokenFile</td><td>the file with the secret of that sidecar</td><td></td></tr>
 * <tr><td>tombolo.ipc.startTimeout</td><td>how long a sidecar may take to be ready</td><td>PT10S</td></tr>
 * <tr><td>tombolo.linger</td><td>how long a runtime stays after its last user</td><td>PT10S</td></tr>
 * </table>
 */
public final class Tombolo implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    static {
        Client.grantAccess(tombolo -> tombolo.client);
    }

    private final Lease lease;
    private final Cleaner.Cleanable cleanable;
    private final Client client;

    private Tombolo(RuntimeKey key, Duration timeout) {
        this.lease = new Lease(SharedRuntime.acquire(key));
        this.cleanable = CLEANER.register(this, lease);
        this.client = new Client(lease::transport, timeout);
    }

    /** Opens a runtime with the settings of system properties and environment variables. */
    public static Tombolo open() {
        return builder().open();
    }

    /** Returns a builder without settings of its own. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the mode that it runs in; never {@link Mode#AUTO}. */
    public Mode mode() {
        return lease.runtime().mode();
    }

    /**
     * Asks the library what it is.
     *
     * @throws TomboloException if it can't be asked
     * @throws IllegalStateException after {@link #close()}
     */
    public RuntimeInfo info() {
        SharedRuntime runtime = lease.runtime();
        return RuntimeMethods.describe(
                client, runtime.mode(), runtime.reason(), runtime.transport().facts());
    }

    /** Gives the runtime back. Calls after it are an {@link IllegalStateException}. Can be repeated. */
    @Override
    public void close() {
        lease.orderly = true;
        cleanable.clean();
    }

    /** A place in a shared runtime; apart from its Tombolo so that it outlives one that was forgotten. */
    private static final class Lease implements Runnable {
        private final SharedRuntime runtime;
        private final AtomicBoolean released = new AtomicBoolean();
        private volatile boolean orderly;

        Lease(SharedRuntime runtime) {
            this.runtime = runtime;
        }

        SharedRuntime runtime() {
            if (released.get()) {
                throw new IllegalStateException("this was closed; open another one");
            }
            return runtime;
        }

        Transport transport() {
            return runtime().transport();
        }

        @Override
        public void run() {
            if (released.compareAndSet(false, true)) {
                if (!orderly) {
                    System.getLogger("dev.tombolo")
                            .log(Level.WARNING, "a Tombolo was never closed; use try-with-resources");
                }
                runtime.release();
            }
        }
    }

    /** Configures and opens a runtime. For one thread. What isn't set comes from the properties in {@link Tombolo}. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofDays(36_500);
        private static final Setting<Mode> MODE = new Setting<>("tombolo.mode", Mode::parse);
        private static final Setting<Duration> TIMEOUT = new Setting<>("tombolo.timeout", Builder::duration);
        private static final Setting<Long> MAX_REQUEST = new Setting<>("tombolo.maxRequestBytes", Builder::bytes);
        private static final Setting<Long> MEMORY = new Setting<>("tombolo.memoryLimitBytes", Builder::bytes);
        private static final Setting<Path> LIBRARY = new Setting<>("tombolo.library", Path::of);
        private static final Setting<Path> SIDECAR = new Setting<>("tombolo.sidecar", Path::of);
        private static final Setting<Path> NATIVE_FOLDER = new Setting<>("tombolo.native.dir", Path::of);
        private static final Setting<Path> CONNECT = new Setting<>("tombolo.ipc.connect", Path::of);
        private static final Setting<Path> TOKEN_FILE = new Setting<>("tombolo.ipc.tokenFile", Path::of);
        private static final Setting<IpcSocket> SOCKET = new Setting<>("tombolo.ipc.socket", IpcSocket::parse);
        private static final Setting<Duration> START = new Setting<>("tombolo.ipc.startTimeout", Builder::duration);
        private static final Setting<Duration> LINGER = new Setting<>("tombolo.linger", Builder::duration);

        private @Nullable Mode mode;
        private @Nullable Duration timeout;
        private @Nullable Long maxRequestBytes;
        private @Nullable Long memoryLimitBytes;
        private @Nullable Path library;
        private @Nullable Path sidecar;
        private @Nullable Path nativeFolder;
        private @Nullable Path connect;
        private @Nullable Path tokenFile;
        private @Nullable IpcSocket socket;
        private @Nullable Duration startTimeout;
        private @Nullable Duration linger;

        private Builder() {}

        /** Sets where the library runs. A mode that is named is never switched. */
        public Builder mode(Mode mode) {
            this.mode = mode;
            return this;
        }

        /** Sets how long a call may take unless it says otherwise; {@link Duration#ZERO} for no limit. */
        public Builder timeout(Duration timeout) {
            this.timeout = checked(timeout);
            return this;
        }

        /**
         * Sets the most that one request may hold, in bytes, at least 1024. In mode ffi it's a limit of the process: who sets it
         * last, sets it for all.
         */
        public Builder maxRequestBytes(long bytes) {
            this.maxRequestBytes = positive(bytes);
            return this;
        }

        /** Sets the soft limit of Go's memory, in bytes, at least 16 MiB. In mode ffi it's a limit of the process. */
        public Builder memoryLimitBytes(long bytes) {
            this.memoryLimitBytes = positive(bytes);
            return this;
        }

        /** Sets the Go library to load in mode ffi, instead of the packed one. */
        public Builder library(Path library) {
            this.library = library;
            return this;
        }

        /** Sets the sidecar's executable to start in mode ipc, instead of the packed one. */
        public Builder sidecar(Path sidecar) {
            this.sidecar = sidecar;
            return this;
        }

        /** Sets the folder that packed binaries are extracted to, instead of the user's cache folder. */
        public Builder nativeFolder(Path folder) {
            this.nativeFolder = folder;
            return this;
        }

        /**
         * Uses a sidecar that somebody else runs, which is neither stopped nor configured from here.
         *
         * @param socket the path of its socket
         * @param tokenFile the file with its secret
         */
        public Builder connect(Path socket, Path tokenFile) {
            this.connect = socket;
            this.tokenFile = tokenFile;
            return this;
        }

        /** Sets which implementation of Unix-domain sockets mode ipc uses. */
        public Builder ipcSocket(IpcSocket socket) {
            this.socket = socket;
            return this;
        }

        /** Sets how long a sidecar may take to be ready. */
        public Builder startTimeout(Duration timeout) {
            this.startTimeout = checked(timeout);
            return this;
        }

        /** Sets how long the runtime stays after its last user; {@link Duration#ZERO} ends it with the last close. */
        public Builder linger(Duration linger) {
            this.linger = checked(linger);
            return this;
        }

        /**
         * Opens the runtime.
         *
         * @throws UnavailableException if the library can't be loaded or started
         * @throws TomboloException if it refuses its configuration
         * @throws IllegalArgumentException if a property or a variable holds something unusable
         */
        public Tombolo open() {
            TransportSettings settings = new TransportSettings(
                    LIBRARY.value(library),
                    SIDECAR.value(sidecar),
                    NATIVE_FOLDER.value(nativeFolder),
                    CONNECT.value(connect),
                    TOKEN_FILE.value(tokenFile),
                    SOCKET.value(socket).orElse(IpcSocket.AUTO),
                    START.value(startTimeout).orElse(Duration.ofSeconds(10)));
            RuntimeKey key = new RuntimeKey(
                    MODE.value(mode).orElse(Mode.AUTO),
                    settings,
                    optional(MEMORY.value(memoryLimitBytes).orElse(null)),
                    optional(MAX_REQUEST.value(maxRequestBytes).orElse(null)),
                    LINGER.value(linger).orElse(Duration.ofSeconds(10)));
            return new Tombolo(key, TIMEOUT.value(timeout).orElse(Duration.ofMinutes(1)));
        }

        private static OptionalLong optional(@Nullable Long value) {
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }

        private static Duration duration(String text) {
            try {
                return checked(Duration.parse(text));
            } catch (java.time.format.DateTimeParseException unreadable) {
                throw new IllegalArgumentException("not an ISO-8601 duration such as PT30S", unreadable);
            }
        }

        private static Duration checked(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("a duration must not be negative: " + duration);
            }
            // Beyond it a duration has no number of nanoseconds.
            return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
        }

        private static long bytes(String text) {
            try {
                return positive(Long.parseLong(text));
            } catch (NumberFormatException unreadable) {
                throw new IllegalArgumentException("not a number of bytes", unreadable);
            }
        }

        private static long positive(long bytes) {
            if (bytes <= 0) {
                throw new IllegalArgumentException("a number of bytes must be positive: " + bytes);
            }
            return bytes;
        }
    }
}
