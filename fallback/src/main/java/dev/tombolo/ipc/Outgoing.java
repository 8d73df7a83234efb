package dev.tombolo.ipc;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A frame on its way to the sidecar, with the attachments behind it, which stay the caller's memory. */
final class Outgoing {
    /** How far it is. */
    enum State {
        QUEUED,
        WRITING,
        /** All of it was written. */
        WRITTEN,
        /** Nothing of it was written, and nothing will be. */
        WITHDRAWN,
        /** The connection broke while it was written. */
        BROKEN
    }

    /** The largest part of an attachment that fits into a ByteBuffer. */
    private static final long PART = 1 << 30;

    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final CountDownLatch settled = new CountDownLatch(1);
    private final List<ByteBuffer> parts = new ArrayList<>();

    /** A frame with attachments; they are read until {@link #awaitSettled} says so. */
    Outgoing(MessageLite frame, List<MemorySegment> attachments) {
        int size = frame.getSerializedSize();
        ByteBuffer head = ByteBuffer.allocate(Integer.BYTES + size);
        head.putInt(size).put(frame.toByteArray()).flip();
        parts.add(head);
        for (MemorySegment attachment : attachments) {
            for (long start = 0; start < attachment.byteSize(); start += PART) {
                parts.add(attachment
                        .asSlice(start, Math.min(PART, attachment.byteSize() - start))
                        .asByteBuffer());
            }
        }
    }

    /** Writes it, unless it was withdrawn. */
    void writeTo(SocketChannel socket) throws IOException {
        if (!state.compareAndSet(State.QUEUED, State.WRITING)) {
            return;
        }
        State end = State.BROKEN;
        try {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    socket.write(part);
                }
            }
            end = State.WRITTEN;
        } finally {
            settle(end);
        }
    }

    /** Keeps it from being written; returns false if writing has begun. */
    boolean withdraw() {
        if (state.compareAndSet(State.QUEUED, State.WITHDRAWN)) {
            settle(State.WITHDRAWN);
            return true;
        }
        return false;
    }

    private void settle(State end) {
        state.set(end);
        parts.clear();
        settled.countDown();
    }

    /** Waits until its memory is read no more; returns false if that takes longer. */
    boolean awaitSettled(long timeout, TimeUnit unit) throws InterruptedException {
        return settled.await(timeout, unit);
    }

    /** Returns whether nothing of it has reached the sidecar, nor will. */
    boolean withdrawn() {
        return state.get() == State.WITHDRAWN;
    }
}
