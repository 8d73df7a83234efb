package dev.tombolo.internal;

import dev.tombolo.CallCancelledException;
import dev.tombolo.Mode;
import dev.tombolo.TomboloException;
import dev.tombolo.proto.runtime.v1.ConfigureRequest;
import dev.tombolo.proto.runtime.v1.Limits;
import dev.tombolo.transport.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An open transport that is shared by all who want the same one, within this class's loader. It's opened for its first
 * user and closed some time after its last, so that opening and closing around each request is cheap.
 */
public final class SharedRuntime {
    private static final Map<RuntimeKey, SharedRuntime> RUNTIMES = new HashMap<>();

    private final RuntimeKey key;
    /** Guards all below; a lock and no monitor, so that virtual threads can wait while a transport is opened. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Chosen chosen;
    private int users;
    private long unusedSince;
    private boolean lingering;
    /** Set once it's out of the map: who finds it then looks there again, or fails as the one did who opened it. */
    private boolean retired;

    private @Nullable TomboloException failure;

    private SharedRuntime(RuntimeKey key) {
        this.key = key;
    }

    /**
     * Takes a place in the runtime of a key, opening it if need be. To be given back with {@link #release}.
     *
     * @throws TomboloException if it can't be opened
     */
    public static SharedRuntime acquire(RuntimeKey key) {
        while (true) {
            SharedRuntime runtime;
            synchronized (RUNTIMES) {
                runtime = RUNTIMES.computeIfAbsent(key, SharedRuntime::new);
            }
            if (runtime.enter()) {
                return runtime;
            }
        }
    }

    private boolean enter() {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CallCancelledException("the thread was interrupted while the runtime was opened", List.of());
        }
        try {
            if (retired) {
                TomboloException earlier = failure;
                if (earlier != null) {
                    throw TomboloException.of(earlier.code(), String.valueOf(earlier.getMessage()), earlier.details());
                }
                return false;
            }
            if (chosen == null) {
                chosen = opened();
            }
            users++;
            return true;
        } finally {
            if (chosen == null) {
                retire();
            }
            lock.unlock();
        }
    }

    private Chosen opened() {
        Transport unused = null;
        try {
            Chosen opened = Chosen.open(key.mode(), key.settings());
            unused = opened.transport();
            configure(opened.transport());
            unused = null;
            return opened;
        } catch (CallCancelledException interrupted) {
            // That concerns this thread alone; those who wait behind it try again.
            throw interrupted;
        } catch (TomboloException refused) {
            failure = refused;
            throw refused;
        } finally {
            if (unused != null) {
                unused.close();
            }
        }
    }

    private void configure(Transport transport) {
        if (key.memoryLimitBytes().isPresent() || key.maxRequestBytes().isPresent()) {
            Limits.Builder limits = Limits.newBuilder();
            key.memoryLimitBytes().ifPresent(limits::setMemoryLimitBytes);
            key.maxRequestBytes().ifPresent(limits::setMaxRequestBytes);
            new Client(() -> transport, key.settings().startTimeout())
                    .call(
                            RuntimeMethods.CONFIGURE,
                            ConfigureRequest.newBuilder().setLimits(limits).build());
        }
    }

    /** Gives a place back. */
    public void release() {
        lock.lock();
        try {
            if (--users > 0) {
                return;
            }
            unusedSince = System.nanoTime();
            if (key.linger().isZero()) {
                end();
            } else if (!lingering) {
                lingering = true;
                Thread.ofVirtual().name("tombolo-linger").start(this::linger);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the runtime has been without users for long enough; ends early once it's used again. */
    private void linger() {
        while (true) {
            long remaining;
            lock.lock();
            try {
                remaining = unusedSince + key.linger().toNanos() - System.nanoTime();
                if (users > 0 || remaining <= 0) {
                    lingering = false;
                    if (users == 0) {
                        end();
                    }
                    return;
                }
            } finally {
                lock.unlock();
            }
            try {
                Thread.sleep(Duration.ofNanos(remaining));
            } catch (InterruptedException impossible) {
                throw new AssertionError("nobody knows this thread", impossible);
            }
        }
    }

    private void end() {
        Chosen ending = chosen;
        chosen = null;
        retire();
        if (ending != null) {
            ending.transport().close();
        }
    }

    private void retire() {
        retired = true;
        synchronized (RUNTIMES) {
            RUNTIMES.remove(key, this);
        }
    }

    /** Returns the transport; for those who have a place. */
    public Transport transport() {
        return current().transport();
    }

    /** Returns the mode that it runs in. */
    public Mode mode() {
        return current().mode();
    }

    /** Returns why it runs in that mode. */
    public String reason() {
        return current().reason();
    }

    private Chosen current() {
        Chosen current = chosen;
        if (current == null) {
            throw new IllegalStateException("the runtime is closed");
        }
        return current;
    }
}
