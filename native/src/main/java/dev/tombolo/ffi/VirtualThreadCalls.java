package dev.tombolo.ffi;

import dev.tombolo.ffi.bindings.TomboloLibrary;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the calls of virtual threads on a few platform threads: a native call pins the carrier of the virtual thread that makes
 * it, and there are as few carriers as cores.
 */
final class VirtualThreadCalls implements AutoCloseable {
    /** More threads than cores would only take turns. */
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final int WAITING = 0;
    private static final int TAKEN = 1;
    private static final int GIVEN_UP = 2;

    private final ThreadPoolExecutor pool;
    /** The calls that are made, to be cancelled when the transport is closed. */
    private final Set<Long> making = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    VirtualThreadCalls() {
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .name("tombolo-ffi-", 0)
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes a call and waits for it. An interrupt or the end of its time ends a call that waits for a thread; one that is made ends in
     * Go, and the wait for that goes on, since it reads the caller's memory.
     */
    Answer make(Call call, long id) {
        long started = System.nanoTime();
        AtomicInteger state = new AtomicInteger(WAITING);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            pool.execute(() -> {
                if (state.compareAndSet(WAITING, TAKEN)) {
                    making.add(id);
                    try {
                        answer.complete(
                                closed
                                        ? Answer.Failure.closed(call.method())
                                        : NativeCall.make(call, id, remaining(call, started)));
                    } catch (Throwable problem) {
                        answer.completeExceptionally(problem);
                    } finally {
                        making.remove(id);
                    }
                }
            });
        } catch (RejectedExecutionException shutDown) {
            return Answer.Failure.closed(call.method());
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (interrupted) {
                        return answer.get(1, TimeUnit.MILLISECONDS);
                    }
                    if (call.timeoutNanos() == 0 || state.get() != WAITING) {
                        return answer.get();
                    }
                    return answer.get(remaining(call, started), TimeUnit.NANOSECONDS);
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                    if (state.compareAndSet(WAITING, GIVEN_UP)) {
                        return Answer.Failure.cancelled(call.method());
                    }
                } catch (TimeoutException late) {
                    if (state.compareAndSet(WAITING, GIVEN_UP)) {
                        return Answer.Failure.deadlineExceeded(call.method());
                    }
                } catch (ExecutionException problem) {
                    throw new IllegalStateException(problem.getCause());
                }
                if (interrupted) {
                    // Again and again: a cancel that comes before the library knows the call does nothing.
                    TomboloLibrary.tombolo_cancel(id);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns what is left of the call's time; 1 if nothing is, since 0 stands for no limit. */
    private static long remaining(Call call, long started) {
        return call.timeoutNanos() == 0 ? 0 : Math.max(1, call.timeoutNanos() - (System.nanoTime() - started));
    }

    /** Cancels the calls that are made; those that wait for a thread find out when they have one. */
    @Override
    public void close() {
        closed = true;
        pool.shutdown();
        making.forEach(TomboloLibrary::tombolo_cancel);
    }
}
