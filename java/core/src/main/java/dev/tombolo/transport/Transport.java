package dev.tombolo.transport;

import java.util.Map;

/** Carries calls to a Go library. Safe for use by many threads. */
public interface Transport extends AutoCloseable {
    /**
     * Makes a call and waits for its end. An interrupt of the calling thread cancels the call; the answer is then a
     * failure with CANCELLED, and the thread's interrupt flag is set. Whatever goes wrong is a failure, not an exception.
     */
    Answer call(Call call);

    /** Returns facts on how the library is reached, for people to read. */
    Map<String, String> facts();

    /** Ends calls in flight and gives back everything that the transport holds. Can be repeated. */
    @Override
    void close();
}
