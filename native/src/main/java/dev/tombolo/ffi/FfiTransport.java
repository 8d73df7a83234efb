package dev.tombolo.ffi;

import dev.tombolo.transport.Answer;
import dev.tombolo.transport.Call;
import dev.tombolo.transport.Transport;
import java.util.Map;

/** Carries calls to the Go library in this process: on the caller's own thread if it's a platform thread. */
final class FfiTransport implements Transport {
    private final NativeLibrary library;
    private final InterruptWatcher watcher = new InterruptWatcher();
    private final VirtualThreadCalls virtualThreadCalls = new VirtualThreadCalls();

    FfiTransport(NativeLibrary library) {
        this.library = library;
    }

    @Override
    public Answer call(Call call) {
        long id = CallIds.next();
        if (Thread.currentThread().isVirtual()) {
            return virtualThreadCalls.make(call, id);
        }
        watcher.begin(id);
        try {
            return NativeCall.make(call, id, call.timeoutNanos());
        } finally {
            watcher.end(id);
        }
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("library", library.path().toString());
    }

    /** Ends the threads; the library stays, since a Go library can't be unloaded. */
    @Override
    public void close() {
        watcher.cancelAll();
        watcher.close();
        virtualThreadCalls.close();
    }
}
