package dev.tombolo.ipc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import dev.tombolo.CallCancelledException;
import dev.tombolo.StatusCode;
import dev.tombolo.UnavailableException;
import dev.tombolo.proto.sidecar.v1.Response;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import dev.tombolo.transport.Transport;
import dev.tombolo.transport.TransportSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Carries calls to a sidecar. When the sidecar is gone, the next call starts another one. */
final class IpcTransport implements Transport {
    /** How much longer than its own deadline a call waits for the sidecar's answer, which says the same with more authority. */
    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long a request that is being written may hold up a caller that has its answer or has given up. */
    private static final long SETTLE_PATIENCE_MILLIS = 500;

    private final TransportSettings settings;
    private final UnixSockets sockets;
    /** Guards all below; a lock and no monitor, so that virtual threads can wait while a sidecar starts. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Journal journal = new Journal();
    private @Nullable Session session;
    private volatile boolean closed;

    private IpcTransport(TransportSettings settings, UnixSockets sockets) {
        this.settings = settings;
        this.sockets = sockets;
    }

    /**
     * Opens the transport, with a sidecar that is ready.
     *
     * @throws UnavailableException if there can be none
     */
    static IpcTransport open(TransportSettings settings) {
        IpcTransport transport = new IpcTransport(settings, UnixSockets.of(settings.socket()));
        transport.current();
        return transport;
    }

    /** Returns the session, a fresh one if the last is gone. For who has the lock. */
    private Session session() {
        if (closed) {
            throw new CallCancelledException("the transport was closed", List.of());
        }
        Session current = session;
        if (current != null && current.isOpen()) {
            return current;
        }
        if (current != null) {
            System.getLogger("dev.tombolo.ipc")
                    .log(Level.INFO, "the sidecar is gone" + current.lastWords() + "; starting another one");
            session = null;
            current.close();
        }
        Session fresh = Session.open(settings, sockets);
        try {
            replay(fresh);
            session = fresh;
            return fresh;
        } finally {
            // One that isn't in its predecessor's state would give other answers.
            if (session != fresh) {
                fresh.close();
            }
        }
    }

    private Session current() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CallCancelledException("the thread was interrupted while the sidecar started", List.of());
        }
        try {
            return session();
        } finally {
            lock.unlock();
        }
    }

    /** Brings a fresh sidecar into the state that its predecessor had. */
    private void replay(Session fresh) {
        for (Journal.Entry entry : journal.entries()) {
            Connection.Exchange exchange = fresh.connection()
                    .send(entry.method(), settings.startTimeout().toNanos(), entry.message(), entry.segments());
            String problem;
            try {
                Response response =
                        exchange.response().get(settings.startTimeout().toNanos(), TimeUnit.NANOSECONDS);
                problem = response.hasError() ? response.getError().getMessage() : null;
            } catch (ExecutionException | TimeoutException lost) {
                problem = "no answer" + fresh.lastWords();
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new CallCancelledException("the thread was interrupted while the sidecar started", List.of());
            }
            if (problem != null) {
                throw new UnavailableException(
                        "a fresh sidecar couldn't be brought into the state of the last one: " + entry.method() + ": "
                                + problem,
                        List.of());
            }
        }
    }

    @Override
    public Answer call(Call call) {
        long started = System.nanoTime();
        while (true) {
            Session current;
            try {
                if (!lock.tryLock(left(call, started), TimeUnit.NANOSECONDS)) {
                    return Answer.Failure.deadlineExceeded(call.method());
                }
                try {
                    current = session();
                } finally {
                    lock.unlock();
                }
                if (!current.connection().places().tryAcquire(left(call, started), TimeUnit.NANOSECONDS)) {
                    return Answer.Failure.deadlineExceeded(call.method());
                }
            } catch (UnavailableException unavailable) {
                return Answer.Failure.of(StatusCode.UNAVAILABLE, String.valueOf(unavailable.getMessage()));
            } catch (CallCancelledException cancelled) {
                return ended(call);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return Answer.Failure.cancelled(call.method());
            }
            try {
                Answer answer = exchange(call, current, left(call, started));
                if (answer != null
                        && !(call.replay() && answer instanceof Answer.Success && !recorded(call, current))) {
                    return answer;
                }
            } finally {
                current.connection().places().release();
            }
        }
    }

    /** Returns what is left of a call's time in nanoseconds, at least 1; for a call without a limit the largest number. */
    private static long left(Call call, long started) {
        return call.timeoutNanos() == 0
                ? Long.MAX_VALUE
                : Math.max(1, call.timeoutNanos() - (System.nanoTime() - started));
    }

    /** Returns the failure of a call that ends because of this side: its caller's interrupt, or the close of the transport. */
    private static Answer ended(Call call) {
        return Thread.currentThread().isInterrupted()
                ? Answer.Failure.cancelled(call.method())
                : Answer.Failure.closed(call.method());
    }

    /** Sends a call and waits for its end; null if it never reached the sidecar, so that it can be sent to another one. */
    private @Nullable Answer exchange(Call call, Session current, long left) {
        Connection.Exchange exchange = current.connection()
                .send(
                        call.method(),
                        left == Long.MAX_VALUE ? 0 : left,
                        call.request().toByteString(),
                        call.attachments());
        try {
            return await(call, current, exchange, left);
        } finally {
            settle(current, exchange);
            current.connection().forget(exchange);
        }
    }

    private @Nullable Answer await(Call call, Session current, Connection.Exchange exchange, long left) {
        try {
            long patience = left > Long.MAX_VALUE - GRACE_NANOS ? left : left + GRACE_NANOS;
            return read(exchange.response().get(patience, TimeUnit.NANOSECONDS), call);
        } catch (TimeoutException slow) {
            giveUp(current, exchange);
            return Answer.Failure.deadlineExceeded(call.method());
        } catch (InterruptedException interrupt) {
            giveUp(current, exchange);
            Thread.currentThread().interrupt();
            return Answer.Failure.cancelled(call.method());
        } catch (ExecutionException lost) {
            if (closed) {
                return Answer.Failure.closed(call.method());
            }
            if (exchange.outgoing().withdrawn()) {
                return null;
            }
            return Answer.Failure.of(
                    StatusCode.UNAVAILABLE,
                    "the sidecar was lost during " + call.method() + ": " + reasonOf(lost) + current.lastWords()
                            + ". The next call finds a fresh one");
        }
    }

    private static String reasonOf(ExecutionException lost) {
        Throwable cause = lost.getCause();
        return String.valueOf(cause == null ? lost.getMessage() : cause.getMessage());
    }

    /** Lets a call go that has no answer yet. */
    private static void giveUp(Session current, Connection.Exchange exchange) {
        if (!exchange.outgoing().withdraw()) {
            current.connection().cancel(exchange);
        }
    }

    /** Waits until nothing reads the call's memory any more: an answer can come before the writer has let go of the request. */
    private static void settle(Session current, Connection.Exchange exchange) {
        boolean interrupted = false;
        while (true) {
            try {
                if (exchange.outgoing().awaitSettled(SETTLE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                // A sidecar that doesn't read its socket isn't going to answer either.
                current.connection().lose("the sidecar took no more requests");
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records a call that set state; false if the sidecar that it was made to has been replaced meanwhile. */
    private boolean recorded(Call call, Session madeIn) {
        Journal.Entry entry = Journal.Entry.of(call);
        lock.lock();
        try {
            if (session != madeIn) {
                return false;
            }
            journal.add(entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static Answer read(Response response, Call call) {
        if (response.hasError()) {
            var error = response.getError();
            return new Answer.Failure(StatusCode.of(error.getCode()), error.getMessage(), error.getDetailsList());
        }
        try {
            CodedInputStream in = response.getMessage().newCodedInput();
            in.enableAliasing(true);
            Message.Builder message = call.response().newBuilderForType();
            return new Answer.Success(message.mergeFrom(in).build());
        } catch (IOException unreadable) {
            return Answer.Failure.of(
                    StatusCode.INTERNAL,
                    "the library's answer to " + call.method() + " can't be read: " + unreadable.getMessage());
        }
    }

    @Override
    public Map<String, String> facts() {
        Session current = current();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "sidecar",
                current.sidecar().map(sidecar -> "pid " + sidecar.pid()).orElse("run by somebody else"));
        facts.put("socket", current.socket().toString());
        facts.put("socket implementation", sockets.name().toLowerCase(java.util.Locale.ROOT));
        return facts;
    }

    @Override
    public void close() {
        Session ending;
        closed = true;
        lock.lock();
        try {
            ending = session;
            session = null;
        } finally {
            lock.unlock();
        }
        if (ending != null) {
            ending.close();
        }
    }
}
