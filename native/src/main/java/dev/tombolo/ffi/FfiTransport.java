package dev.tombolo.ffi;

import dev.tombolo.StatusCode;
import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import dev.tombolo.transport.Transport;
import java.util.Map;

/** Carries calls to the Go library in this process: on the caller's own thread if it's a platform thread. */
final class FfiTransport implements Transport {
    private final NativeLibrary library;
    private final InterruptWatcher watcher = new InterruptWatcher();
    private final VirtualThreadCalls virtualThreadCalls = new VirtualThreadCalls();
    private volatile boolean closed;

    FfiTransport(NativeLibrary library) {
        this.library = library;
    }

    @Override
    public Answer call(Call call) {
        long id = CallIds.next();
        if (Thread.currentThread().isVirtual()) {
            return endedByClosing(virtualThreadCalls.make(call, id), call);
        }
        watcher.begin(id);
        try {
            return endedByClosing(NativeCall.make(call, id, call.timeoutNanos()), call);
        } finally {
            watcher.end(id);
        }
    }

    /** Tells a call that was cancelled because the transport was closed from one that its caller cancelled. */
    private Answer endedByClosing(Answer answer, Call call) {
        return closed
                        && answer instanceof Answer.Failure failure
                        && failure.code() == StatusCode.CANCELLED
                        && !Thread.currentThread().isInterrupted()
                ? Answer.Failure.closed(call.method())
                : answer;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("library", library.path().toString());
    }

    /** Ends the threads; the library stays, since a Go library can't be unloaded. */
    @Override
    public void close() {
        closed = true;
        watcher.close();
        virtualThreadCalls.close();
    }
}
