package dev.tombolo.ipc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.tombolo.proto.sidecar.v1.Cancel;
import dev.tombolo.proto.sidecar.v1.ClientFrame;
import dev.tombolo.proto.sidecar.v1.Hello;
import dev.tombolo.proto.sidecar.v1.Request;
import dev.tombolo.proto.sidecar.v1.Response;
import dev.tombolo.proto.sidecar.v1.ServerFrame;
import dev.tombolo.proto.sidecar.v1.Welcome;
import dev.tombolo.transport.Daemon;
import dev.tombolo.transport.Version;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a sidecar, shared by all callers: one thread writes frames, one reads them, ids tell whose answer it is. The
 * callers never touch the socket, because an interrupt of a thread that does would close it for everybody.
 */
final class Connection implements AutoCloseable {
    /** The longest frame that is read; a longer one can only be a mistake. */
    private static final int MAX_FRAME = 1 << 30;

    /** How many calls may be in flight. The sidecar takes 1,024; the rest is for those that were given up and go on there. */
    private static final int MAX_IN_FLIGHT = 1_000;

    private final SocketChannel socket;
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
    private final LinkedBlockingQueue<Outgoing> queue = new LinkedBlockingQueue<>();
    private final ConcurrentHashMap<Long, CompletableFuture<Response>> pending = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong(1);
    private final Outgoing endOfQueue = new Outgoing(ClientFrame.getDefaultInstance(), List.of());

    private volatile @Nullable ConnectionLostException lost;

    private Connection(SocketChannel socket) {
        this.socket = socket;
    }

    /**
     * A call in flight.
     *
     * @param id the id it was given
     * @param outgoing the request on its way
     * @param response comes, or fails with a {@link ConnectionLostException}
     */
    record Exchange(long id, Outgoing outgoing, CompletableFuture<Response> response) {}

    /**
     * Greets the sidecar on a new socket.
     *
     * @throws IOException if the sidecar refuses or breaks off; the socket is closed then
     */
    static Connection greet(SocketChannel socket, ByteString token, Duration patience) throws IOException {
        // A read can't be given a time limit, but it ends when the socket is closed.
        AtomicBoolean waiting = new AtomicBoolean(true);
        AtomicBoolean late = new AtomicBoolean();
        Thread clock = Daemon.start("tombolo-ipc-greeting", () -> {
            LockSupport.parkNanos(patience.toNanos());
            if (waiting.compareAndSet(true, false)) {
                late.set(true);
                closeQuietly(socket);
            }
        });
        boolean greeted = false;
        try {
            Hello hello = Hello.newBuilder()
                    .setProtocolVersion(Version.PROTOCOL)
                    .setClientVersion(Version.LIBRARY)
                    .setToken(token)
                    .build();
            new Outgoing(ClientFrame.newBuilder().setHello(hello).build(), List.of()).writeTo(socket);
            ServerFrame answer = readFrame(socket);
            if (answer == null) {
                throw new IOException("the sidecar closed the connection without a word");
            }
            if (answer.hasGoodbye()) {
                throw new IOException(answer.getGoodbye().getReason().getMessage());
            }
            Welcome welcome = answer.getWelcome();
            if (welcome.getProtocolVersion() != Version.PROTOCOL) {
                throw new IOException("the sidecar (tombolo " + welcome.getLibraryVersion() + ") speaks protocol "
                        + welcome.getProtocolVersion() + " and this client (tombolo " + Version.LIBRARY + ") protocol "
                        + Version.PROTOCOL + "; use the same version of both");
            }
            if (!waiting.getAndSet(false)) {
                throw new IOException("the clock has closed the socket");
            }
            Connection connection = new Connection(socket);
            Daemon.start("tombolo-ipc-writer", connection::write);
            Daemon.start("tombolo-ipc-reader", connection::read);
            greeted = true;
            return connection;
        } catch (IOException problem) {
            throw late.get()
                    ? new IOException("the sidecar didn't answer within " + patience.toMillis() + " ms")
                    : problem;
        } finally {
            waiting.set(false);
            LockSupport.unpark(clock);
            if (!greeted) {
                closeQuietly(socket);
            }
        }
    }

    private static void closeQuietly(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // It's given up in any case.
        }
    }

    /** Sends a request; the exchange tells what becomes of it. To be ended with {@link #forget}. */
    Exchange send(String method, long timeoutNanos, ByteString message, List<MemorySegment> attachments) {
        long id = nextId.getAndIncrement();
        Request.Builder request = Request.newBuilder()
                .setId(id)
                .setMethod(method)
                .setTimeoutNanos(timeoutNanos)
                .setMessage(message);
        attachments.forEach(attachment -> request.addAttachmentLengths(attachment.byteSize()));
        Outgoing outgoing =
                new Outgoing(ClientFrame.newBuilder().setRequest(request).build(), attachments);
        CompletableFuture<Response> response = new CompletableFuture<>();
        pending.put(id, response);
        queue.add(outgoing);
        // Whoever sets the reason fails what is pending after it; what became pending later is failed here.
        ConnectionLostException reason = lost;
        if (reason != null) {
            outgoing.withdraw();
            response.completeExceptionally(reason);
        }
        return new Exchange(id, outgoing, response);
    }

    /** Returns the places for calls in flight; a call takes one before it's sent, and gives it back at its end. */
    Semaphore places() {
        return places;
    }

    /** Asks the sidecar to end a call early. */
    void cancel(Exchange exchange) {
        Cancel cancel = Cancel.newBuilder().setId(exchange.id()).build();
        queue.add(new Outgoing(ClientFrame.newBuilder().setCancel(cancel).build(), List.of()));
    }

    /** Forgets a call: its answer, if one still comes, is dropped. */
    void forget(Exchange exchange) {
        pending.remove(exchange.id());
    }

    boolean isOpen() {
        return lost == null;
    }

    private void write() {
        try {
            for (Outgoing next = queue.take(); next != endOfQueue; next = queue.take()) {
                next.writeTo(socket);
            }
        } catch (IOException problem) {
            lose("the connection to the sidecar broke: " + problem.getMessage());
        } catch (InterruptedException impossible) {
            lose("the thread that writes to the sidecar was interrupted");
        } catch (Throwable unexpected) {
            // Whatever ends this thread has to end the connection: calls would wait for it.
            lose("the thread that writes to the sidecar failed: " + unexpected);
        }
    }

    private void read() {
        try {
            for (ServerFrame frame = readFrame(socket); frame != null; frame = readFrame(socket)) {
                if (frame.hasResponse()) {
                    CompletableFuture<Response> response =
                            pending.remove(frame.getResponse().getId());
                    if (response != null) {
                        response.complete(frame.getResponse());
                    }
                } else if (frame.hasGoodbye()) {
                    lose("the sidecar closed the connection: "
                            + frame.getGoodbye().getReason().getMessage());
                    return;
                }
            }
            lose("the sidecar closed the connection");
        } catch (IOException problem) {
            lose("the connection to the sidecar broke: " + problem.getMessage());
        } catch (Throwable unexpected) {
            lose("the thread that reads from the sidecar failed: " + unexpected);
        }
    }

    private static @Nullable ServerFrame readFrame(SocketChannel socket) throws IOException {
        ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES);
        if (!readFully(socket, prefix)) {
            return null;
        }
        int size = prefix.flip().getInt();
        if (size < 0 || size > MAX_FRAME) {
            throw new IOException("a frame of the sidecar claims to have " + Integer.toUnsignedLong(size) + " bytes");
        }
        ByteBuffer content = ByteBuffer.allocate(size);
        if (!readFully(socket, content)) {
            throw new IOException("a frame of the sidecar ended early");
        }
        CodedInputStream in = CodedInputStream.newInstance(content.array());
        in.enableAliasing(true);
        return ServerFrame.parseFrom(in);
    }

    /** Fills a buffer; returns false if the stream ended before its first byte. */
    private static boolean readFully(SocketChannel socket, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                if (buffer.position() > 0) {
                    throw new IOException("the stream ended inside a frame");
                }
                return false;
            }
        }
        return true;
    }

    /** Ends the connection and all calls in flight; only the first reason counts. */
    void lose(String reason) {
        ConnectionLostException exception;
        synchronized (this) {
            if (lost != null) {
                return;
            }
            exception = new ConnectionLostException(reason);
            lost = exception;
        }
        closeQuietly(socket);
        for (Outgoing waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.withdraw();
        }
        queue.add(endOfQueue);
        pending.forEach((id, response) -> response.completeExceptionally(exception));
    }

    @Override
    public void close() {
        lose("the connection was closed");
    }
}
