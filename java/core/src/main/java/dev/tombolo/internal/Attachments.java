package dev.tombolo.internal;

import com.google.protobuf.ByteString;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The attachments of one request, while it is built. For one thread. */
public final class Attachments {
    private final List<MemorySegment> segments = new ArrayList<>();

    /** Adds bytes, which aren't copied, and returns the reference to put into the attachment field. */
    public ByteString add(MemorySegment bytes) {
        segments.add(bytes);
        return ByteString.copyFromUtf8("@" + (segments.size() - 1));
    }

    List<MemorySegment> segments() {
        return segments;
    }
}
