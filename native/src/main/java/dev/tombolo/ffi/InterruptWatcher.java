package dev.tombolo.ffi;

import dev.tombolo.ffi.bindings.TomboloLibrary;
import dev.tombolo.transport.Daemon;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Cancels the calls of interrupted threads: a thread in native code doesn't notice its interrupt. One daemon thread looks every
 * millisecond while there are calls, and for a second after the last one, so that steady traffic needn't wake it.
 */
final class InterruptWatcher implements AutoCloseable {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long STAY_AWAKE = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentHashMap<Long, Thread> calls = new ConcurrentHashMap<>();
    private volatile boolean asleep;
    private volatile boolean closed;
    private volatile @Nullable Thread watcher;

    /** Looks after a call of this thread until {@link #end}. */
    void begin(long id) {
        calls.put(id, Thread.currentThread());
        Thread thread = watcher;
        if (thread == null) {
            start();
        } else if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Looks after a call no longer. */
    void end(long id) {
        calls.remove(id);
    }

    private synchronized void start() {
        if (watcher == null && !closed) {
            watcher = Daemon.start("tombolo-interrupts", this::watch);
        }
    }

    private void watch() {
        long lastSeen = System.nanoTime();
        while (!closed || !calls.isEmpty()) {
            if (!calls.isEmpty()) {
                lastSeen = System.nanoTime();
                // Again at each tick: a cancel that comes before the library knows the call does nothing.
                calls.forEach((id, thread) -> {
                    if (closed || thread.isInterrupted()) {
                        TomboloLibrary.tombolo_cancel(id);
                    }
                });
            } else if (System.nanoTime() - lastSeen > STAY_AWAKE) {
                asleep = true;
                // A call that began before it fell asleep didn't wake it.
                if (calls.isEmpty() && !closed) {
                    LockSupport.park(this);
                }
                asleep = false;
                lastSeen = System.nanoTime();
                continue;
            }
            LockSupport.parkNanos(this, TICK);
        }
    }

    /** Has every call in flight cancelled; the thread ends with the last of them. */
    @Override
    public void close() {
        Thread thread;
        synchronized (this) {
            closed = true;
            thread = watcher;
        }
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
