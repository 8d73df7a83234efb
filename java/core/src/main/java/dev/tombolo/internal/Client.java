package dev.tombolo.internal;

import com.google.protobuf.Message;
import dev.tombolo.StatusCode;
import dev.tombolo.Tombolo;
import dev.tombolo.TomboloException;
import dev.tombolo.proto.runtime.v1.Status;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import dev.tombolo.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls methods over a {@link Tombolo}: what every typed client is built on. Safe for use by many threads. */
public final class Client {
    private static volatile @Nullable Function<Tombolo, Client> access;

    private final Supplier<Transport> transport;
    private final Duration defaultTimeout;

    /**
     * @param transport gives the transport, or throws IllegalStateException if it was closed
     * @param defaultTimeout how long a call may take unless it says otherwise; zero for no limit
     */
    public Client(Supplier<Transport> transport, Duration defaultTimeout) {
        this.transport = transport;
        this.defaultTimeout = defaultTimeout;
    }

    /** Lets {@link #of} look into a Tombolo; called once by that class, which keeps its client to itself otherwise. */
    public static void grantAccess(Function<Tombolo, Client> look) {
        access = look;
    }

    /** Returns the client of an open Tombolo. */
    public static Client of(Tombolo tombolo) {
        Function<Tombolo, Client> look = access;
        if (look == null) {
            throw new AssertionError("a Tombolo exists, so its class has granted access");
        }
        return look.apply(tombolo);
    }

    /**
     * Calls a method and waits for the response.
     *
     * @param timeout how long the call may take; null for the default, zero for no limit
     * @throws TomboloException if the call fails
     * @throws IllegalStateException if the Tombolo is closed
     */
    @SuppressWarnings("unchecked")
    public <Q extends Message, R extends Message> R call(
            RpcMethod<Q, R> method, Q request, Attachments attachments, @Nullable Duration timeout) {
        Call call = new Call(
                method.name(),
                request,
                attachments.segments(),
                method.response(),
                nanos(timeout == null ? defaultTimeout : timeout),
                method.replay(),
                method.detailTypes());
        Transport open = transport.get();
        // A thread that is interrupted already would otherwise have to be caught while it waits.
        Answer answer =
                Thread.currentThread().isInterrupted() ? Answer.Failure.cancelled(method.name()) : open.call(call);
        return switch (answer) {
            case Answer.Success success -> (R) success.message();
            case Answer.Failure failure -> throw exception(failure, method);
        };
    }

    /**
     * Returns what carries the calls, for those below the typed clients.
     *
     * @throws IllegalStateException if the Tombolo is closed
     */
    public Transport transport() {
        return transport.get();
    }

    /** Calls a method without attachments, with the default timeout. */
    public <Q extends Message, R extends Message> R call(RpcMethod<Q, R> method, Q request) {
        return call(method, request, new Attachments(), null);
    }

    /**
     * Runs a call on a virtual thread of its own. Cancelling the future cancels the call.
     *
     * @param call something that makes a call of this client and waits for it
     */
    public static <T> CompletableFuture<T> async(Supplier<T> call) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().name("tombolo-call").unstarted(() -> {
            try {
                future.complete(call.get());
            } catch (Throwable problem) {
                future.completeExceptionally(problem);
            }
        });
        future.whenComplete((value, problem) -> {
            if (future.isCancelled()) {
                caller.interrupt();
            }
        });
        caller.start();
        return future;
    }

    /** Returns the exception for an error that a response holds, such as that of one item of a batch. */
    public static TomboloException exception(Status error, RpcMethod<?, ?> method) {
        return exception(
                new Answer.Failure(StatusCode.of(error.getCode()), error.getMessage(), error.getDetailsList()), method);
    }

    private static TomboloException exception(Answer.Failure failure, RpcMethod<?, ?> method) {
        return TomboloException.of(
                failure.code(), failure.message(), Details.of(failure.details(), method.detailTypes()));
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE; // 292 years
        }
    }
}
